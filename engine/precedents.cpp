#include "engine/precedents.hpp"

#include <fmt/format.h>

#include "engine/in_shares.hpp"

namespace solnoma {
namespace {

Result<void> read_known(const Log& log, const NewEvent& event, std::span<const Position> candidates,
                        Precedents& found) {
  return log.read_at(candidates, [&](const RecordedEvent& r) {
    if (r.id == event.id && r.source == event.source)
      found.known = Known{r.position, r.subject_number, r.revision,
                          r.subject == event.subject && r.payload == event.payload};
    return !found.known;
  });
}

Result<void> read_targets(const Log& log, const Index& index, const NewEvent& event,
                          Precedents& found) {
  if (event.supersedes.empty()) return {};
  auto candidates = index.find(hash_id(event.supersedes), log.head());
  if (!candidates) return std::unexpected(candidates.error());
  return log.read_at(*candidates, [&](const RecordedEvent& r) {
    if (r.id == event.supersedes)
      found.targets.push_back({{r.position, r.subject_number, r.revision},
                               std::string(r.source),
                               std::string(r.subject)});
    return true;
  });
}

}  // namespace

Result<std::vector<Precedents>> read_precedents(const Log& log, const Index& index,
                                                std::span<const NewEvent> events,
                                                std::span<const IdHash> ids) {
  constexpr std::size_t kWorthAThread = 8;
  std::vector<Precedents> found;
  std::vector<std::vector<Position>> same_id;
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto candidates = index.find(ids[i], log.head());
    if (!candidates) return std::unexpected(candidates.error());
    if (candidates->empty() && events[i].supersedes.empty()) continue;  // most are like that
    found.push_back({i});
    same_id.push_back(std::move(*candidates));
  }
  std::vector<Result<void>> results(found.size());
  in_shares(found.size(), found.size() < kWorthAThread ? 1 : 2, [&](std::size_t i) {
    const NewEvent& event = events[found[i].event];
    results[i] = read_known(log, event, same_id[i], found[i]);
    // Of an event that is recorded already nothing more is asked.
    if (results[i] && !found[i].known) results[i] = read_targets(log, index, event, found[i]);
  });
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!results[i]) return at(fmt::format("event {}", found[i].event + 1), results[i].error());
  return found;
}

}  // namespace solnoma
