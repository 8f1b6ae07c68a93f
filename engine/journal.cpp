#include "engine/journal.hpp"

#include <fmt/format.h>

#include <chrono>
#include <future>
#include <mutex>

#include "engine/bytes.hpp"
#include "engine/check.hpp"
#include "engine/derivation.hpp"
#include "engine/group_commit.hpp"
#include "engine/index.hpp"
#include "engine/keys.hpp"
#include "engine/log_impl.hpp"
#include "engine/record.hpp"
#include "engine/sequencer.hpp"

namespace solnoma {

struct Journal::Impl {
  Clock& clock;
  std::unique_ptr<Log> log;
  std::unique_ptr<Sequencer> sequencer;

  GroupCommit appends;
  std::mutex sequencing;                // whoever stages and writes
  std::optional<Store::Batch> staging;  // made once: its memory is used again
  std::size_t in_file = 0;              // how much of the log goes into the next file
  std::optional<Error> broken;
  std::optional<Position> copying;     // up to where a copy goes that is not finished
  std::future<Result<void>> settling;  // the last of the members: its thread uses the others

  explicit Impl(Clock& c) : clock(c) {}

  [[nodiscard]] Log::Impl& log_impl() const { return *log->impl_; }
  [[nodiscard]] Store& store() const { return *log->impl_->store; }

  [[nodiscard]] Result<void> usable() const {
    if (!broken) return {};
    return fail(Errc::io,
                fmt::format("the journal stopped at an earlier failure: {}", broken->what),
                "open the store again");
  }

  [[nodiscard]] Result<void> appendable() const {
    if (auto ok = usable(); !ok || !copying) return ok;
    return fail(Errc::unavailable,
                fmt::format("this store is an unfinished copy: it ends at position {} of {}",
                            sequencer->head().value, copying->value),
                "take the backup again");
  }

  /// Writes what is staged and moves the head; on failure nobody may append any more,
  /// since nobody knows what the disk holds.
  Result<void> commit(Store::Batch& batch) {
    if (!batch.empty()) {
      if (auto ok = store().write(batch, /*sync=*/true); !ok) {
        broken = ok.error();
        return ok;
      }
    }
    sequencer->committed();
    log_impl().set_head(sequencer->head());
    store().acknowledge(sequencer->head());
    if (auto ok = begin_file(); !ok) {
      broken = ok.error();
      return {};
    }
    // What is recorded stays recorded; but nothing more where the index cannot be kept.
    auto settled = settle_beside();
    if (!settled && settled.error().code == Errc::damaged_index) settled = derive_all({});
    if (!settled) broken = settled.error();
    return {};
  }

  /// Where the log has come far enough, has what follows begin a new file, between two blocks:
  /// files that have no block in common need never be merged.
  Result<void> begin_file() {
    constexpr std::size_t kFileBytes = 32 << 20;  // before compression
    in_file += sequencer->take_emitted();
    if (in_file < kFileBytes || !sequencer->between_blocks()) return {};
    in_file = 0;
    return store().flush_beside(Family::log);
  }

  /// Has a thread of its own settle the index when so many segments are due, and waits for it
  /// only where it falls far behind. Errors: of what was settled before.
  Result<void> settle_beside(std::size_t enough = 1) {
    constexpr std::size_t kFarBehind = 16;
    const std::size_t due = log_impl().index->unsettled();
    if (settling.valid()) {
      const bool done = settling.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
      if (!done && due < enough + kFarBehind) return {};
      if (auto ok = settling.get(); !ok) return ok;
    }
    if (due >= enough)
      settling = std::async(std::launch::async, [this] { return log_impl().settle(); });
    return {};
  }

  /// Leaves nothing to settle. Errors: corrupt, io.
  Result<void> settle_all() {
    if (settling.valid())
      if (auto ok = settling.get(); !ok) return ok;
    return log_impl().settle();
  }

  /// Does what needs the index, and where that is damaged, derives it again and repeats.
  template <class Attempt>
  auto with_index(const Attempt& attempt) {
    auto result = attempt();
    if (result || result.error().code != Errc::damaged_index) return result;
    if (auto ok = derive_all({}); !ok) {
      broken = ok.error();  // half an index: appending would renumber
      return decltype(result)(std::unexpected(ok.error()));
    }
    return attempt();
  }

  using Request = GroupCommit::Request;
  using Group = GroupCommit::Group;

  Result<Appended> stage(const Request& request, Instant now);
  void serve(const Group& group);
  void serve_staged(const Group& group);
  void refuse(const Group& group) const {
    for (Request* request : group) request->result = std::unexpected(appendable().error());
  }
  Result<void> derive_all(const Progress& progress);
};

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Journal::~Journal() {
  try {
    if (!impl_->broken) (void)impl_->settle_all();  // what stays undone is done at the next open
  } catch (const std::exception&) {
  }
}

Result<void> Journal::create(const Disk& disk, const std::string& directory) {
  return Store::create(disk, directory);
}

Result<std::unique_ptr<Journal>> Journal::open(const Disk& disk, const std::string& directory,
                                               Clock& clock, Indexer indexer) {
  auto log_impl = Log::Impl::open(disk, directory, Access::write, std::move(indexer));
  if (!log_impl) return std::unexpected(log_impl.error());
  auto impl = std::make_unique<Impl>(clock);
  impl->log.reset(new Log(std::move(*log_impl)));
  auto rebuilding = impl->store().get(Family::meta, kRebuilding);
  const bool begun = !rebuilding || (*rebuilding && !(*rebuilding)->empty());
  if (!rebuilding && rebuilding.error().code != Errc::damaged_index)
    return std::unexpected(rebuilding.error());
  if (begun || impl->log_impl().index_damaged)
    if (auto ok = impl->derive_all({}); !ok) return std::unexpected(ok.error());
  auto copying = impl->log_impl().copying();
  if (!copying && copying.error().code != Errc::damaged_index)
    return std::unexpected(copying.error());
  if (copying) impl->copying = *copying;
  auto ready = impl->with_index([&]() -> Result<void> {
    if (auto ok = impl->log_impl().index->check_segments(); !ok) return ok;
    impl->sequencer = std::make_unique<Sequencer>(*impl->log, impl->log_impl());
    if (auto ok = impl->sequencer->recover(); !ok) return ok;
    return impl->settle_all();
  });
  if (!ready) return std::unexpected(ready.error());
  return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

Log& Journal::log() {
  return *impl_->log;
}

Result<Appended> Journal::append(std::span<const NewEvent> batch,
                                 std::span<const Expectation> expectations) {
  GroupCommit::Request request{batch, expectations};
  impl_->appends.join(request, [&](const GroupCommit::Group& group) { impl_->serve(group); });
  return std::move(request.result);
}

void Journal::Impl::serve(const Group& group) {
  const std::lock_guard lock(sequencing);
  try {
    serve_staged(group);
  } catch (const std::exception& e) {  // out of memory: nobody knows what is staged
    broken = Error{Errc::io, e.what(), {}, {}};
    refuse(group);
  }
}

void Journal::Impl::serve_staged(const Group& group) {
  if (!appendable()) return refuse(group);
  if (!staging) staging = store().batch();
  staging->clear();
  const Instant now = clock.now();
  for (Request* request : group) request->result = stage(*request, now);
  if (auto ok = broken ? usable() : commit(*staging); !ok)
    for (Request* request : group)
      if (request->result) request->result = std::unexpected(ok.error());
}

Result<Appended> Journal::Impl::stage(const Request& request, Instant now) {
  const auto attempt = [&] {
    return sequencer->stage(request.events, request.expectations, now, *staging);
  };
  auto result = attempt();
  if (result || result.error().code != Errc::damaged_index) return result;
  // What others have staged goes first: the index is derived from what is written.
  if (auto ok = commit(*staging); !ok) return std::unexpected(ok.error());
  staging->clear();
  return with_index(attempt);
}

Result<Appended> Journal::try_append(std::span<const NewEvent> batch,
                                     std::span<const Expectation> expectations) {
  const std::lock_guard sequencing(impl_->sequencing);
  if (auto ok = impl_->appendable(); !ok) return std::unexpected(ok.error());
  return impl_->with_index([&] { return impl_->sequencer->rehearse(batch, expectations); });
}

Result<Position> Journal::copy_from(const Log& from, Position upto, const Progress& progress) {
  constexpr std::size_t kBatchBytes = 1 << 20;
  const std::lock_guard sequencing(impl_->sequencing);
  if (auto ok = impl_->usable(); !ok) return std::unexpected(ok.error());
  Sequencer& sequencer = *impl_->sequencer;
  const Position own = sequencer.head();
  upto = std::min(upto, from.head());

  // Both logs must agree where this one ends; a log never changes before its end.
  if (own > from.head())
    return fail(Errc::conflict, "the copy is longer than its original",
                "copy into an empty directory");
  if (own.value > 0) {
    const auto last = [&](const Log& log) {
      std::string text;
      auto ok = log.read_at({&own, 1}, [&](const RecordedEvent& event) {
        text = fmt::format("{}\n{}\n{}\n{}\n{}", event.recorded.time_since_epoch().count(),
                           event.subject, event.source, event.id, event.payload);
        return false;
      });
      return ok ? Result<std::string>(text) : std::unexpected(ok.error());
    };
    const auto ours = last(*impl_->log);
    const auto theirs = last(from);
    if (!ours) return std::unexpected(ours.error());
    if (!theirs) return std::unexpected(theirs.error());
    if (*ours != *theirs)
      return fail(Errc::conflict, "the copy is of another log", "copy into an empty directory");
  }
  if (upto <= own) return own;

  // The first batch says up to where, and the last one that it is done.
  std::string goal;
  store(goal, upto.value);
  Store::Batch batch = impl_->store().batch();
  batch.put(Family::meta, kCopying, goal);
  impl_->copying = upto;
  std::optional<Error> error;
  auto read = from.read(own.next(), Direction::forwards, [&](const RecordedEvent& event) {
    if (event.position > upto) return false;
    auto mark = impl_->log_impl().indexer(event.payload);
    if (!mark) {
      error = at(fmt::format("position {}", event.position.value), mark.error()).error();
      return false;
    }
    if (auto ok = sequencer.stage_copy(event, *mark, batch); !ok) {
      error = ok.error();
      return false;
    }
    if (batch.bytes() > kBatchBytes) {
      if (auto ok = impl_->commit(batch); !ok || impl_->broken) {
        error = impl_->broken;
        return false;
      }
      batch.clear();
      if (progress) progress(event.position);
    }
    return true;
  });
  if (read && !error) {
    batch.put(Family::meta, kCopying, {});
    if (auto ok = impl_->commit(batch); !ok) return std::unexpected(ok.error());
    impl_->copying.reset();
    return sequencer.head();
  }
  impl_->broken = error ? *error : read.error();
  return std::unexpected(*impl_->broken);
}

Result<void> Journal::rebuild(const Progress& progress) {
  const std::lock_guard sequencing(impl_->sequencing);
  if (auto ok = impl_->usable(); !ok) return ok;
  auto derived = impl_->derive_all(progress);
  if (!derived) impl_->broken = derived.error();
  return derived;
}

Result<void> Journal::Impl::derive_all(const Progress& progress) {
  // Larger segments are made at once, where their events are in memory.
  constexpr std::size_t kLargeSegment = 16;
  const auto set_flag = [&](std::string_view value) {
    Store::Batch batch = store().batch();
    batch.put(Family::meta, kRebuilding, value);
    return store().write(batch, /*sync=*/true);
  };
  if (auto ok = set_flag("1"); !ok) return ok;
  if (settling.valid()) (void)settling.get();  // it is all done again
  log_impl().tree->forget();
  log_impl().names.forget();
  Index& index = *log_impl().index;
  Store::Batch batch = store().batch();
  index.reset(batch);
  batch.remove(Family::meta, kHashed);
  if (auto ok = store().write(batch, /*sync=*/false); !ok) return ok;
  batch.clear();
  for (const Family family : {Family::names, Family::ids, Family::timeline}) {
    auto ok = store().clear(family);
    if (!ok && ok.error().code == Errc::damaged_index) ok = store().drop(family);
    if (!ok) return ok;
  }
  if (auto ok = store().clear(Family::meta, kTreeNodes); !ok) return ok;

  auto all = derive(log_impl(), [&](Derived& derived) -> Result<void> {
    if (auto ok = store().write(derived.names, /*sync=*/false); !ok) return ok;
    log_impl().tree->add(index.covered().next(), derived.leaves);
    index.add(derived.entries);
    if (progress) progress(derived.last);
    return settle_beside(kLargeSegment);
  });
  if (!all) {
    if (settling.valid()) (void)settling.get();
    return all;
  }
  if (auto ok = settle_all(); !ok) return ok;
  return set_flag("");
}

}  // namespace solnoma
