#include "events/chronicle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/in_shares.hpp"
#include "events/codec.hpp"
#include "events/validate.hpp"

namespace solnoma {
namespace {

/// Validated and encoded; `events` views into `payloads` and the caller's events.
struct Prepared {
  std::string payloads;  // end to end
  std::vector<NewEvent> events;
};

/// `first`: how many events of the batch stand before these.
Result<Prepared> prepare(std::span<const Event> events, std::size_t first) {
  Prepared prepared;
  prepared.events.reserve(events.size());
  std::vector<std::size_t> ends;
  ends.reserve(events.size());
  for (const Event& event : events) {
    const auto place = [&](const Error& error) {
      return at(fmt::format("event {}", first + ends.size() + 1), error);
    };
    auto mark = validate(event);
    if (!mark) return place(mark.error());
    if (auto ok = encode(event, prepared.payloads); !ok) return place(ok.error());
    ends.push_back(prepared.payloads.size());
    prepared.events.push_back({event.subject,
                               event.source,
                               event.id,
                               {},
                               *mark,
                               event.supersedes,
                               event.supersedes_source});
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    prepared.events[i].payload = std::string_view(prepared.payloads).substr(begin, ends[i] - begin);
    begin = ends[i];
  }
  return prepared;
}

/// Hands the journal `events`, prepared. To validate and encode takes as long as all that
/// the journal does: two threads share it where there is enough of it.
template <class Hand>
Result<Appended> with_prepared(std::span<const Event> events, const Hand& hand) {
  constexpr std::size_t kShare = 64;
  constexpr std::size_t kWorthSharing = 4;
  std::vector<Result<Prepared>> shares((events.size() + kShare - 1) / kShare);
  in_shares(shares.size(), shares.size() < kWorthSharing ? 1 : 2, [&](std::size_t i) {
    const std::size_t first = i * kShare;
    shares[i] = prepare(events.subspan(first, std::min(kShare, events.size() - first)), first);
  });
  std::vector<NewEvent> prepared;
  prepared.reserve(events.size());
  for (const auto& share : shares) {
    if (!share) return std::unexpected(share.error());
    prepared.insert(prepared.end(), share->events.begin(), share->events.end());
  }
  return hand(std::span<const NewEvent>(prepared));
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

Result<std::unique_ptr<Log>> open_log(const Disk& disk, const std::string& directory,
                                      Copies copies) {
  return Log::open(disk, directory, index_payload, copies);
}

Result<Appended> append(Journal& journal, std::span<const Event> events,
                        std::span<const Expectation> expectations) {
  return with_prepared(events, [&](std::span<const NewEvent> prepared) {
    return journal.append(prepared, expectations);
  });
}

Result<Appended> try_append(Journal& journal, std::span<const Event> events,
                            std::span<const Expectation> expectations) {
  return with_prepared(events, [&](std::span<const NewEvent> prepared) {
    return journal.try_append(prepared, expectations);
  });
}

Result<std::vector<StoredEvent>> fetch(const Log& log, std::span<const Position> positions) {
  Collector collector;
  collector.events.reserve(positions.size());
  return collector.finish(log.read_at(positions, std::ref(collector)));
}

Result<std::vector<StoredEvent>> fetch_subject(const Log& log, std::string_view subject) {
  Collector collector;
  return collector.finish(
      log.read_subject(subject, Revision{1}, Direction::forwards, std::ref(collector)));
}

}  // namespace solnoma
