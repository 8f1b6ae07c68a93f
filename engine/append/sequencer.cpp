#include "engine/append/sequencer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/append/expectations.hpp"
#include "engine/base/check.hpp"
#include "engine/log/scan.hpp"

namespace solnoma {
namespace {

Result<void> check_sizes(const NewEvent& event) {
  const auto check = [](std::string_view what, std::size_t size, std::size_t most) -> Result<void> {
    if (size == 0) return fail(Errc::invalid, fmt::format("the {} is missing", what));
    if (size > most)
      return fail(Errc::invalid, fmt::format("the {} has {} bytes, more than {}", what, size, most),
                  "shorten it");
    return {};
  };
  if (auto ok = check("subject", event.subject.size(), kMaxSubjectName); !ok) return ok;
  if (auto ok = check("source", event.source.size(), kMaxSourceName); !ok) return ok;
  if (auto ok = check("id", event.id.size(), kMaxId); !ok) return ok;
  if (auto ok = check("event", event.payload.size(), kMaxPayload); !ok) return ok;
  SOLNOMA_CHECK(event.payload.size() % 8 == 0);
  if (event.recorded_by.empty()) return {};
  return check("name of who records", event.recorded_by.size(), kMaxRecorder);
}

}  // namespace

Result<void> Sequencer::recover() {
  if (auto index = log_.current_index(); !index) return std::unexpected(index.error());
  if (auto ok = numbering_.recover(); !ok) return ok;
  if (auto ok = writer_.recover(); !ok) return ok;
  const Position head = log_.head();
  if (head.value == 0) return {};
  return read_at(log_, {&head, 1}, [&](const RecordedEvent& event) {
    last_recorded_us_ = event.recorded.time_since_epoch().count();
    return false;
  });
}

Result<Appended> Sequencer::stage(std::span<const NewEvent> events,
                                  std::span<const Expectation> expectations, Instant now,
                                  Store::Batch& batch) {
  Request request = numbering_.begin();
  const std::size_t before = staged_.size();
  auto appended = decide(events, expectations, request);
  if (!appended) {
    revert(request, before);
    return appended;
  }
  if (staged_.size() > before)
    last_recorded_us_ = std::max(last_recorded_us_, now.time_since_epoch().count());
  const Instant recorded{std::chrono::microseconds{last_recorded_us_}};
  std::vector<RecordedEvent> numbered;
  numbered.reserve(staged_.size() - before);
  for (std::size_t i = before; i < staged_.size(); ++i) {
    const StagedEvent& one = staged_[i];
    const NewEvent& event = *one.event;
    numbered.push_back({one.position, one.revision, recorded, one.subject, event.subject,
                        event.source, event.id, one.supersedes, event.payload, event.recorded_by});
    writer_.add(numbered.back(), event.dating, one.source, one.new_source, batch);
  }
  writer_.hash(std::move(numbered));
  return appended;
}

Result<Appended> Sequencer::rehearse(std::span<const NewEvent> events,
                                     std::span<const Expectation> expectations) {
  Request request = numbering_.begin();
  const std::size_t before = staged_.size();
  auto appended = decide(events, expectations, request);
  revert(request, before);
  return appended;
}

Result<void> Sequencer::apply(const RecordedEvent& event, const Hash& leaf, const Dating& dating,
                              Store::Batch& batch) {
  auto source = numbering_.adopt(event);
  if (!source) return std::unexpected(source.error());
  write(event, leaf, dating, *source, batch);
  return {};
}

void Sequencer::write(const RecordedEvent& event, const Hash& leaf, const Dating& dating,
                      const Numbering::Source& source, Store::Batch& batch) {
  last_recorded_us_ = event.recorded.time_since_epoch().count();
  writer_.add(event, dating, source.number, source.is_new, batch);
  writer_.add_leaf(leaf);
}

Result<void> Sequencer::adopt(const RecordedEvent& event, const Hash& leaf, const Dating& dating,
                              Store::Batch& batch) {
  const auto wrong = [&](std::string_view what) {
    return fail(Errc::corrupt,
                fmt::format("the event for position {} {}", head().next().value, what));
  };
  NewEvent sizes{};
  sizes.subject = event.subject;
  sizes.source = event.source;
  sizes.id = event.id;
  sizes.payload = event.payload;
  sizes.recorded_by = event.recorded_by;
  if (event.payload.size() % 8 != 0) return wrong("has no payload of this format");
  if (auto ok = check_sizes(sizes); !ok) return ok;
  if (event.position != head().next())
    return wrong(fmt::format("is that of {}", event.position.value));
  if (event.recorded.time_since_epoch().count() < last_recorded_us_)
    return wrong("was recorded before the one that it follows");
  Request request = numbering_.begin();
  auto subject = numbering_.subject(event.subject, numbering_.cached(event.subject), request);
  if (!subject) return std::unexpected(subject.error());
  const Revision revision = (*subject)->revision->next();
  if (event.revision != revision || event.supersedes >= revision) {
    numbering_.revert(request);
    return wrong(fmt::format("does not follow revision {} of its subject", revision.value - 1));
  }
  auto source = numbering_.source(event.source, request);
  if (!source) {
    numbering_.revert(request);
    return std::unexpected(source.error());
  }
  (*subject)->revision = revision;
  numbering_.next();
  RecordedEvent numbered = event;
  numbered.subject_number = (*subject)->number;
  write(numbered, leaf, dating, *source, batch);
  return {};
}

Result<void> Sequencer::set_aside() {
  if (!writer_.is_much()) return {};
  aside_ = true;
  numbering_.remember_adopted(false);
  return writer_.set_aside();
}

Result<void> Sequencer::committed(const std::function<Result<void>()>& write_some) {
  const bool aside = std::exchange(aside_, false);
  if (aside) {
    forget();  // what was too much for memory is looked up in the index, if at all
    // The batch is handed over before anybody may read it.
    if (auto ok = log_.tree->begin_group(log_.head()); !ok) return ok;
  }
  auto ok = writer_.committed([&](std::span<const IndexEntry> entries) {
    ids_.add(entries);
    chains_.recorded(entries);
    return aside ? write_some() : Result<void>{};
  });
  chains_.nothing_staged();
  staged_.clear();
  numbering_.remember_adopted(true);
  numbering_.trim();
  return ok;
}

void Sequencer::forget() {
  ids_.forget();
  chains_.forget_index();
  numbering_.forget();
}

void Sequencer::forget_index() {
  ids_.forget();
  chains_.forget_index();
  numbering_.forget_revisions();
}

void Sequencer::revert(Request& request, std::size_t staged) {
  numbering_.revert(request);
  chains_.revert(staged);
  staged_.pop_to(staged);
}

Result<Appended> Sequencer::decide(std::span<const NewEvent> events,
                                   std::span<const Expectation> expectations, Request& request) {
  chains_.begin();
  if (auto ok = ids_.expect(events.size()); !ok) return std::unexpected(ok.error());
  hashes_.clear();
  for (const NewEvent& event : events) {
    hashes_.push_back(hash_id(event.id));
    ids_.prefetch(hashes_.back());
  }
  auto earlier = read_earlier_events(log_, ids_, events, hashes_);
  ids_.done();
  if (!earlier) return std::unexpected(earlier.error());
  // All at once, so that the processor waits for many of these look-ups at the same time.
  subjects_.clear();
  for (const NewEvent& event : events) subjects_.push_back(numbering_.cached(event.subject));

  Appended appended;
  appended.positions.reserve(events.size());
  auto next = earlier->cbegin();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const bool has_earlier = next != earlier->cend() && next->event == i;
    auto ok = decide_event(events[i], i, has_earlier ? &*next++ : nullptr, request, appended);
    if (!ok) return at(fmt::format("event {}", i + 1), ok.error());
  }
  const bool retry = appended.recorded == 0 && !events.empty();
  if (retry) return appended;
  if (auto ok = check_expectations(expectations, events, numbering_, request); !ok)
    return std::unexpected(ok.error());
  return appended;
}

Result<void> Sequencer::decide_event(const NewEvent& event, std::size_t i,
                                     const EarlierEvents* earlier, Request& request,
                                     Appended& appended) {
  if (auto ok = check_sizes(event); !ok) return ok;
  auto source = numbering_.source(event.source, request);
  if (!source) return std::unexpected(source.error());

  const auto same = find(event, hashes_[i], source->number, earlier);
  const bool same_batch = same && same->place.position > request.before;
  if (same_batch && !same->same_content)
    return fail(Errc::conflict,
                fmt::format("the id '{}' stands twice in one batch, with other content", event.id),
                "give each event an id of its own");
  if (same && !same->same_content)
    return fail(Errc::conflict,
                fmt::format("the id '{}' is recorded with other content, at position {}", event.id,
                            same->place.position.value),
                "to correct that event, append a new one that supersedes it");
  if (same) {
    ++appended.already;
    appended.positions.push_back(same->place.position);
    return {};
  }

  auto subject = numbering_.subject(event.subject, subjects_[i], request);
  if (!subject) return std::unexpected(subject.error());
  auto supersedes = superseded(event, (*subject)->number, earlier);
  if (!supersedes) return std::unexpected(supersedes.error());
  if (auto ok = check_chain(event, **subject, *supersedes); !ok) return ok;
  (*subject)->revision = (*subject)->revision->next();
  staged_.push({&event, hashes_[i], numbering_.next(), source->number, source->is_new,
                (*subject)->number, *(*subject)->revision, *supersedes});
  ++appended.recorded;
  appended.positions.push_back(numbering_.head());
  return {};
}

std::optional<SameId> Sequencer::find(const NewEvent& event, IdHash id, std::uint32_t source,
                                      const EarlierEvents* earlier) const {
  std::optional<SameId> same;
  staged_.find(id, [&](const StagedEvent& staged) {
    if (staged.source != source || staged.event->id != event.id) return;
    same = SameId{{staged.position, staged.subject, staged.revision},
                  staged.event->subject == event.subject && staged.event->payload == event.payload};
  });
  if (!same && earlier != nullptr) same = earlier->same_id;
  return same;
}

Result<Revision> Sequencer::superseded(const NewEvent& event, SubjectNumber subject,
                                       const EarlierEvents* earlier) const {
  if (event.supersedes.empty()) return Revision{0};
  std::vector<Candidate> candidates;
  if (earlier != nullptr) candidates = earlier->candidates;
  staged_.find(hash_id(event.supersedes), [&](const StagedEvent& staged) {
    if (staged.event->id == event.supersedes)
      candidates.push_back({{staged.position, staged.subject, staged.revision},
                            std::string(staged.event->source),
                            std::string(staged.event->subject)});
  });

  const auto keep_source = [&](std::string_view source) {
    std::erase_if(candidates, [&](const Candidate& c) { return c.source != source; });
  };
  if (!event.supersedes_source.empty())
    keep_source(event.supersedes_source);
  else if (std::ranges::any_of(candidates,
                               [&](const Candidate& c) { return c.source == event.source; }))
    keep_source(event.source);

  if (candidates.empty())
    return fail(Errc::not_found,
                fmt::format("it supersedes '{}', which is not recorded", event.supersedes),
                "record that event first, or correct the id");
  if (candidates.size() > 1)
    return fail(
        Errc::invalid,
        fmt::format("it supersedes '{}', an id that several sources have", event.supersedes),
        "name the source as well");
  const Candidate& target = candidates.front();
  if (target.place.subject != subject)
    return fail(Errc::invalid,
                fmt::format("it supersedes '{}', which tells of another subject, {}",
                            event.supersedes, target.subject),
                "retract that event, then record a new one of the right subject");
  return target.place.revision;
}

Result<void> Sequencer::check_chain(const NewEvent& event, const Numbering::Subject& subject,
                                    Revision supersedes) {
  if (supersedes.value == 0 || event.fork) return {};
  auto by = chains_.in_the_way(subject.number, *subject.revision, supersedes, event.dating.kind);
  if (!by) return std::unexpected(by.error());
  if (by->value == 0) return {};
  auto id = id_at(*by);
  if (!id) return std::unexpected(id.error());
  const bool recorded = *by <= log_.head();
  return fail(
      Errc::conflict,
      fmt::format(
          "it supersedes '{}', which '{}' supersedes already, {}", event.supersedes, *id,
          recorded ? fmt::format("at position {}", by->value) : std::string("in the same batch")),
      Advice::newest_of_chain);
}

Result<std::string> Sequencer::id_at(Position position) const {
  if (position > log_.head()) {
    for (std::size_t i = staged_.size(); i-- > 0;)
      if (staged_[i].position == position) return std::string(staged_[i].event->id);
  }
  std::string id;
  auto ok = read_at(log_, {&position, 1}, [&](const RecordedEvent& event) {
    id = event.id;
    return false;
  });
  if (!ok) return std::unexpected(ok.error());
  return id;
}

}  // namespace solnoma
