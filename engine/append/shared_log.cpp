#include "engine/append/shared_log.hpp"

#include <fmt/format.h>

#include <cstring>

#include "engine/base/bytes.hpp"
#include "engine/format/keys.hpp"
#include "engine/log/open_log.hpp"
#include "engine/proof/merkle.hpp"
#include "engine/proof/records.hpp"

namespace solnoma {
namespace {

/// How often a place is tried whose fate is unknown. Each try takes as long as the places' own
/// patience, so that the caller's does not end at once, and does end.
constexpr int kTries = 3;

constexpr std::chrono::milliseconds kNoPatience{0};

std::unexpected<Error> at_place(PlaceNumber place, Error error) {
  return at(fmt::format("place {}", place.value), std::move(error));
}

/// The head of a log with the records of a batch behind it. Errors: invalid.
Result<GrowingHead> grown_by(const GrowingHead& head, const SharedBatch& batch) {
  GrowingHead after(head);
  auto read = for_records(batch.records, [&](std::string_view record) {
    after.add_subtree(0, leaf_hash(record));
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return after;
}

}  // namespace

Result<std::optional<SharedMark>> SharedMark::of(const Store& store) {
  auto value = store.get(Family::meta, kShared);
  if (!value) return std::unexpected(value.error());
  if (!*value || (*value)->empty()) return std::nullopt;
  SharedMark mark{};
  if ((*value)->size() != sizeof(SharedId) + 8)
    return fail(Errc::corrupt, "what the store keeps of the log that it shares is damaged",
                Advice::restore);
  std::memcpy(mark.log.data(), (*value)->data(), sizeof(SharedId));
  mark.place = PlaceNumber{load<std::uint64_t>((*value)->data() + sizeof(SharedId))};
  return mark;
}

void SharedMark::put(Store::Batch& batch) const {
  std::string value(reinterpret_cast<const char*>(log.data()), log.size());
  put_le(value, place.value);
  batch.put(Family::meta, kShared, value);
}

Result<std::optional<SharedId>> SharedLog::log_of_places() const {
  Result<std::optional<SharedId>> id = std::optional<SharedId>();
  auto read =
      places_.read(PlaceNumber{1}, kNoPatience, [&](PlaceNumber place, std::string_view content) {
        auto owner = owner_of(content);
        if (owner)
          id = owner->log;
        else
          id = at_place(place, owner.error());
        return false;
      });
  if (!read) return std::unexpected(read.error());
  return id;
}

Result<void> SharedLog::join(Founding founding) {
  // Before anything else: what it lacks is kept from here on.
  if (auto ok = places_.forget(PlaceNumber{0}); !ok) return ok;
  return find_log(founding);
}

Result<void> SharedLog::find_log(Founding founding) {
  auto mark = SharedMark::of(*log_.opened().store);
  if (!mark) return std::unexpected(mark.error());
  auto theirs = log_of_places();
  if (!theirs) return std::unexpected(theirs.error());
  if (founding == Founding::anew && *mark && (!*theirs || **theirs != (*mark)->log)) mark->reset();
  if (!*theirs && founding == Founding::never)
    return fail(Errc::conflict, "no place is taken yet: there is no log that could be shared",
                "begin with the machine whose log it is to be");
  if (!*theirs && *mark)
    return fail(Errc::conflict,
                "no place is taken yet, though this store is part of a log that others share",
                "look whether the address is right; if what was there is lost for good, begin anew "
                "with the machine that has the newest head");
  if (*theirs && *mark && **theirs != (*mark)->log)
    return fail(Errc::conflict, "the places are of another log than this store is part of",
                "look whether the address is right");
  if (*mark && *theirs) {
    id_ = (*mark)->log;
    place_ = previous_ = forgotten_ = (*mark)->place;
    next_ = begun_ = place_.next();
    auto last = places_.last();
    if (!last) return std::unexpected(last.error());
    if (*last < place_)
      return fail(Errc::corrupt,
                  fmt::format("the places end at {}, though {} was taken: what keeps them has lost "
                              "what it acknowledged",
                              last->value, place_.value),
                  "mend that, or begin anew with the machine that has the newest head");
    return {};
  }
  if (*theirs) {
    id_ = **theirs;
    return {};
  }
  // A batch of nothing says of which log the places are.
  id_ = writer_;
  auto founded = publish({});
  if (founded || founded.error().code != Errc::conflict) return founded;
  return find_log(founding);
}

Result<void> SharedLog::follow_log() {
  if (head_.head().position == log_.head()) return {};
  auto head = log_.growing_head(log_.head());
  if (!head) return std::unexpected(head.error());
  head_ = std::move(*head);
  return {};
}

Result<bool> SharedLog::is_ours(PlaceNumber place, const std::string& piece) const {
  bool ours = false;
  bool there = false;
  auto read = places_.read(place, kNoPatience, [&](PlaceNumber, std::string_view content) {
    there = true;
    ours = content == piece;  // a later place, where this one was forgotten: it is another's
    return false;
  });
  if (!read) return std::unexpected(read.error());
  if (there) return ours;
  return fail(Errc::unavailable, "it is free");
}

/// Takes the place; then it is ours. What is not a clear answer is settled by reading.
Result<void> SharedLog::settle(PlaceNumber place, const std::string& piece) {
  Error last;
  for (int i = 0; i < kTries; ++i) {
    auto answer = places_.take(place, piece);
    if (answer && *answer == Places::Answer::taken) return {};
    if (!answer) last = answer.error();
    auto ours = is_ours(place, piece);
    if (ours && *ours) return {};
    if (ours)
      return fail(Errc::conflict, "another machine has recorded something", Advice::look_again);
    if (answer) last = ours.error();
  }
  return fail(Errc::unavailable,
              fmt::format("what the machines share does not answer ({}): nobody knows whether this "
                          "is recorded",
                          last.what),
              "send it again: what is recorded already is not recorded twice");
}

Result<void> SharedLog::publish(std::string_view records) {
  if (missing_)
    return fail(Errc::unavailable,
                fmt::format("this machine lacks events up to position {} that others have recorded",
                            missing_->position.value),
                "it copies them from another: send it again later");
  if (records.size() > kMostSharedBytes)
    return fail(Errc::invalid,
                fmt::format("{} bytes at once are more than machines that share a log tell each "
                            "other: {}",
                            records.size(), kMostSharedBytes),
                "record less at a time");
  if (auto ok = follow_log(); !ok) return ok;
  SharedBatch batch{head_.head(), {}, records};
  auto after = grown_by(head_, batch);
  if (!after) return std::unexpected(after.error());
  batch.after = after->head();
  const auto pieces = pieces_of(to_bytes(batch), {id_, writer_, ++batches_});
  PlaceNumber place = next_;
  for (const std::string& piece : pieces) {
    if (auto ok = settle(place, piece); !ok) return ok;
    place = place.next();
  }
  head_ = std::move(*after);
  pieces_.clear();
  end_batch(PlaceNumber{place.value - 1});
  return {};
}

void SharedLog::end_batch(PlaceNumber last) {
  previous_ = place_;
  place_ = last;
  next_ = begun_ = last.next();
}

Result<std::optional<SharedBatch>> SharedLog::read(PlaceNumber place, std::string_view content) {
  if (place < next_) return std::nullopt;
  // Those between were forgotten, up to the end of a batch.
  if (place > next_) pieces_.clear();
  if (!pieces_.pending()) begun_ = place;
  next_ = place.next();
  auto owner = owner_of(content);
  if (!owner) return at_place(place, owner.error());
  if (owner->log != id_)
    return at_place(place, Error{Errc::conflict, "what stands there is of another log", {}, {}});
  auto whole = pieces_.add(content);
  if (!whole) return at_place(place, whole.error());
  if (!*whole) return std::nullopt;
  auto batch = judge(**whole);
  if (batch) return batch;
  next_ = begun_;  // it is read again
  pieces_.clear();
  return at_place(place, batch.error());
}

Result<std::optional<SharedBatch>> SharedLog::judge(std::string_view bytes) {
  const auto another = [](Position upto) {
    return fail(
        Errc::conflict,
        fmt::format("the log that is shared is another one than this store's, from some "
                    "position up to {} on",
                    upto.value),
        "find out which of the two is right; a store that is to have this one begins empty");
  };
  auto batch = shared_batch_from(bytes);
  if (!batch) return fail(Errc::corrupt, batch.error().what);
  const Position head = log_.head();
  if (batch->after.position <= head) {
    auto ours = log_.tree_head(batch->after.position);
    if (!ours) return std::unexpected(ours.error());
    if (*ours != batch->after) return another(batch->after.position);
    end_batch(PlaceNumber{next_.value - 1});
    missing_.reset();
    return std::nullopt;
  }
  if (batch->before.position > head) {
    missing_ = batch->before;
    return fail(Errc::unavailable,
                fmt::format("{} events before it are not here, and no place has them any more",
                            batch->before.position.value - head.value));
  }
  missing_.reset();
  if (auto ok = follow_log(); !ok) return std::unexpected(ok.error());
  if (batch->before != head_.head()) return another(head);
  auto after = grown_by(head_, *batch);
  if (!after) return fail(Errc::corrupt, after.error().what);
  after_ = std::move(*after);
  if (after_.head() != batch->after)
    return fail(Errc::corrupt, "the events that stand there do not come to the head that it states",
                "what keeps the places has changed one; no event of it was taken over");
  return *batch;
}

void SharedLog::adopted() {
  head_ = std::move(after_);
  after_ = GrowingHead();
  end_batch(PlaceNumber{next_.value - 1});
}

std::optional<PlaceNumber> SharedLog::forgettable() {
  constexpr std::uint64_t kOften = 16;
  if (previous_.value < forgotten_.value + kOften) return std::nullopt;
  forgotten_ = previous_;
  return forgotten_;
}

}  // namespace solnoma
