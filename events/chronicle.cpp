#include "events/chronicle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/parallel.hpp"
#include "events/codec.hpp"
#include "events/superseding.hpp"
#include "events/validate.hpp"

namespace solnoma {
namespace {

Indexer indexer() {
  Indexer rules(index_payload, kIndexVersion);
  rules.in_the_way = in_the_way;
  return rules;
}

/// `first`: how many events of the batch stand before these.
Result<OwnedEvents> prepare_share(std::span<const Event> events, std::size_t first, Forks forks) {
  constexpr std::size_t kUsualPayload = 256;
  std::vector<NewEvent> prepared;
  std::vector<std::size_t> ends;
  std::string payloads;
  prepared.reserve(events.size());
  ends.reserve(events.size());
  payloads.reserve(events.size() * kUsualPayload);
  for (const Event& event : events) {
    const auto place = [&](const Error& error) {
      return at(fmt::format("event {}", first + ends.size() + 1), error);
    };
    auto dating = validate(event);
    if (!dating) return place(dating.error());
    if (auto ok = encode(event, payloads); !ok) return place(ok.error());
    ends.push_back(payloads.size());
    prepared.push_back({event.subject,
                        event.source,
                        event.id,
                        {},
                        *dating,
                        event.supersedes,
                        event.supersedes_source,
                        forks == Forks::taken});
  }
  return OwnedEvents::of(prepared, std::move(payloads), ends);
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
  return Journal::open(disk, directory, clock, indexer());
}

Result<std::unique_ptr<Log>> open_log(const Disk& disk, const std::string& directory,
                                      Copies copies) {
  return Log::open(disk, directory, indexer(), copies);
}

Result<OwnedEvents> prepare(std::span<const Event> events, Forks forks) {
  // To validate and encode takes as long as all that a journal does.
  constexpr std::size_t kShare = 64;
  constexpr std::size_t kWorthAThread = 4;
  std::vector<Result<OwnedEvents>> shares((events.size() + kShare - 1) / kShare);
  parallel_for(shares.size(), shares.size() < kWorthAThread ? 1 : 2, [&](std::size_t i) {
    const std::size_t first = i * kShare;
    shares[i] =
        prepare_share(events.subspan(first, std::min(kShare, events.size() - first)), first, forks);
  });
  OwnedEvents prepared;
  for (auto& share : shares) {
    if (!share) return std::unexpected(share.error());
    prepared.append(std::move(*share));
  }
  return prepared;
}

Result<Appended> append(Appender& appender, std::span<const Event> events,
                        std::span<const Expectation> expectations, Forks forks) {
  auto prepared = prepare(events, forks);
  if (!prepared) return std::unexpected(prepared.error());
  return appender.append(prepared->events(), expectations);
}

Result<Appended> try_append(Appender& appender, std::span<const Event> events,
                            std::span<const Expectation> expectations) {
  auto prepared = prepare(events);
  if (!prepared) return std::unexpected(prepared.error());
  return appender.try_append(prepared->events(), expectations);
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
