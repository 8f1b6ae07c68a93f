#include "engine/append/earlier_events.hpp"

#include <fmt/format.h>

#include "engine/base/parallel.hpp"
#include "engine/log/scan.hpp"

namespace solnoma {
namespace {

/// Where events may be that have the id of a new one, and the id that it supersedes.
struct Positions {
  std::vector<Position> same_id, superseded;
};

Result<void> read_same_id(const OpenLog& log, const NewEvent& event, const Positions& positions,
                          EarlierEvents& found) {
  return read_at(log, positions.same_id, [&](const RecordedEvent& r) {
    if (r.id == event.id && r.source == event.source)
      found.same_id = SameId{{r.position, r.subject_number, r.revision},
                             r.subject == event.subject && r.payload == event.payload};
    return !found.same_id;
  });
}

Result<void> read_candidates(const OpenLog& log, const NewEvent& event, const Positions& positions,
                             EarlierEvents& found) {
  return read_at(log, positions.superseded, [&](const RecordedEvent& r) {
    if (r.id == event.supersedes)
      found.candidates.push_back({{r.position, r.subject_number, r.revision},
                                  std::string(r.source),
                                  std::string(r.subject)});
    return true;
  });
}

}  // namespace

Result<std::vector<EarlierEvents>> read_earlier_events(const OpenLog& log, IdCache& ids,
                                                       std::span<const NewEvent> events,
                                                       std::span<const IdHash> hashes) {
  constexpr std::size_t kWorthAThread = 8;
  std::vector<EarlierEvents> found;
  std::vector<Positions> positions;
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto same_id = ids.find(hashes[i]);
    if (!same_id) return std::unexpected(same_id.error());
    if (same_id->empty() && events[i].supersedes.empty()) continue;  // most are like that
    std::vector<Position> superseded;
    if (!events[i].supersedes.empty()) {
      auto candidates = ids.find(hash_id(events[i].supersedes));
      if (!candidates) return std::unexpected(candidates.error());
      superseded = std::move(*candidates);
    }
    found.push_back({i});
    positions.push_back({std::move(*same_id), std::move(superseded)});
  }
  std::vector<Result<void>> results(found.size());
  parallel_for(found.size(), found.size() < kWorthAThread ? 1 : 2, [&](std::size_t i) {
    const NewEvent& event = events[found[i].event];
    results[i] = read_same_id(log, event, positions[i], found[i]);
    // Of an event that is recorded already nothing more is asked.
    if (results[i] && !found[i].same_id)
      results[i] = read_candidates(log, event, positions[i], found[i]);
  });
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!results[i]) return at(fmt::format("event {}", found[i].event + 1), results[i].error());
  return found;
}

}  // namespace solnoma
