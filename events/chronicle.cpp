#include "events/chronicle.hpp"

#include <fmt/format.h>

#include "events/codec.hpp"
#include "events/validate.hpp"

namespace solnoma {
namespace {

/// Validated and encoded; `events` views into `payloads` and the caller's events.
struct Prepared {
  std::vector<std::string> payloads;
  std::vector<NewEvent> events;
};

Result<Prepared> prepare(std::span<const Event> events) {
  Prepared prepared;
  prepared.payloads.reserve(events.size());  // views into it must stay
  for (const Event& event : events) {
    const auto place = [&](const Error& error) {
      return at(fmt::format("event {}", prepared.events.size() + 1), error);
    };
    auto mark = validate(event);
    if (!mark) return place(mark.error());
    auto payload = encode(event);
    if (!payload) return place(payload.error());
    prepared.payloads.push_back(std::move(*payload));
    prepared.events.push_back({event.subject, event.source, event.id, prepared.payloads.back(),
                               *mark, event.supersedes, event.supersedes_source});
  }
  return prepared;
}

/// Collects decoded events; the first that cannot be decoded stops it.
struct Collector {
  std::vector<StoredEvent> events;
  std::optional<Error> error;

  bool operator()(const RecordedEvent& recorded) {
    auto stored = decode(recorded);
    if (!stored) {
      error = at(fmt::format("position {}", recorded.position.value), stored.error()).error();
      return false;
    }
    events.push_back(std::move(*stored));
    return true;
  }

  Result<std::vector<StoredEvent>> finish(const Result<void>& read) {
    if (error) return std::unexpected(*error);
    if (!read) return std::unexpected(read.error());
    return std::move(events);
  }
};

}  // namespace

Result<std::unique_ptr<Journal>> open_journal(const Disk& disk, const std::string& directory,
                                              Clock& clock) {
  return Journal::open(disk, directory, clock, index_payload);
}

Result<std::unique_ptr<Log>> open_log(const Disk& disk, const std::string& directory) {
  return Log::open(disk, directory, index_payload);
}

Result<Appended> append(Journal& journal, std::span<const Event> events,
                        std::span<const Expectation> expectations) {
  auto prepared = prepare(events);
  if (!prepared) return std::unexpected(prepared.error());
  return journal.append(prepared->events, expectations);
}

Result<Appended> try_append(Journal& journal, std::span<const Event> events,
                            std::span<const Expectation> expectations) {
  auto prepared = prepare(events);
  if (!prepared) return std::unexpected(prepared.error());
  return journal.try_append(prepared->events, expectations);
}

Result<std::vector<StoredEvent>> fetch(const Log& log, std::span<const Position> positions) {
  Collector collector;
  return collector.finish(log.read_at(positions, std::ref(collector)));
}

Result<std::vector<StoredEvent>> fetch_subject(const Log& log, std::string_view subject) {
  Collector collector;
  return collector.finish(
      log.read_subject(subject, Revision{1}, Direction::forwards, std::ref(collector)));
}

}  // namespace solnoma
