#include "engine/append/earlier_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/parallel.hpp"
#include "engine/log/scan.hpp"

namespace solnoma {
namespace {

/// An event of the log that is to be looked at for one that may bear on it.
struct Look {
  Position position;
  std::size_t found;  // whose entry it is for

  auto operator<=>(const Look&) const = default;
};

/// What of a look came to an entry.
template <class T>
struct Seen {
  std::size_t found;
  T what;
};

/// Reads what the looks are for in the order of the log, so that no block is read twice, in two
/// threads where there are many. `see(recorded, found, seen)` adds what it sees to `seen`, which is
/// then given to `take`, in the order of the log. Errors: `where` is "event N" of those asked for.
template <class T, class See, class Take>
Result<void> look_at(const OpenLog& log, std::vector<Look> looks,
                     const std::vector<EarlierEvents>& found, const See& see, const Take& take) {
  constexpr std::size_t kWorthAThread = 8;
  constexpr std::size_t kThreads = 2;
  std::ranges::sort(looks);
  const std::size_t threads = looks.size() < kWorthAThread ? 1 : kThreads;
  std::array<std::vector<Seen<T>>, kThreads> seen;
  std::array<Result<void>, kThreads> results;
  parallel_for(threads, threads, [&](std::size_t share) {
    const std::size_t begin = looks.size() * share / threads;
    const std::size_t end = looks.size() * (share + 1) / threads;
    std::vector<Position> positions;
    for (std::size_t i = begin; i < end; ++i)
      if (positions.empty() || positions.back() != looks[i].position)
        positions.push_back(looks[i].position);
    std::size_t next = begin;
    auto ok = read_at(log, positions, [&](const RecordedEvent& recorded) {
      for (; next < end && looks[next].position == recorded.position; ++next)
        see(recorded, looks[next].found, seen[share]);
      return true;
    });
    if (!ok)
      results[share] = at(fmt::format("event {}", found[looks[next].found].event + 1), ok.error());
  });
  for (std::size_t share = 0; share < threads; ++share) {
    if (!results[share]) return results[share];
    for (Seen<T>& one : seen[share]) take(std::move(one));
  }
  return {};
}

Result<void> look_for_same_ids(const OpenLog& log, std::span<const NewEvent> events,
                               std::vector<Look> looks, std::vector<EarlierEvents>& found) {
  const auto see = [&](const RecordedEvent& r, std::size_t i, std::vector<Seen<SameId>>& seen) {
    const NewEvent& event = events[found[i].event];
    if (r.id == event.id && r.source == event.source)
      seen.push_back({i,
                      {{r.position, r.subject_number, r.revision},
                       r.subject == event.subject && r.payload == event.payload}});
  };
  return look_at<SameId>(log, std::move(looks), found, see, [&](const Seen<SameId>& seen) {
    if (!found[seen.found].same_id) found[seen.found].same_id = seen.what;
  });
}

Result<void> look_for_candidates(const OpenLog& log, std::span<const NewEvent> events,
                                 std::vector<Look> looks, std::vector<EarlierEvents>& found) {
  const auto see = [&](const RecordedEvent& r, std::size_t i, std::vector<Seen<Candidate>>& seen) {
    if (r.id == events[found[i].event].supersedes)
      seen.push_back({i,
                      {{r.position, r.subject_number, r.revision},
                       std::string(r.source),
                       std::string(r.subject)}});
  };
  return look_at<Candidate>(log, std::move(looks), found, see, [&](Seen<Candidate> seen) {
    found[seen.found].candidates.push_back(std::move(seen.what));
  });
}

}  // namespace

Result<std::vector<EarlierEvents>> read_earlier_events(const OpenLog& log, IdCache& ids,
                                                       std::span<const NewEvent> events,
                                                       std::span<const IdHash> hashes) {
  std::vector<EarlierEvents> found;
  std::vector<Look> same, superseded;
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto same_id = ids.find(hashes[i]);
    if (!same_id) return std::unexpected(same_id.error());
    if (same_id->empty() && events[i].supersedes.empty()) continue;  // most are like that
    for (const Position position : *same_id) same.push_back({position, found.size()});
    if (!events[i].supersedes.empty()) {
      auto candidates = ids.find(hash_id(events[i].supersedes));
      if (!candidates) return std::unexpected(candidates.error());
      for (const Position position : *candidates) superseded.push_back({position, found.size()});
    }
    found.push_back({i});
  }
  if (auto ok = look_for_same_ids(log, events, std::move(same), found); !ok)
    return std::unexpected(ok.error());
  // Of an event that is recorded already nothing more is asked.
  std::erase_if(superseded,
                [&](const Look& look) { return found[look.found].same_id.has_value(); });
  if (auto ok = look_for_candidates(log, events, std::move(superseded), found); !ok)
    return std::unexpected(ok.error());
  return found;
}

}  // namespace solnoma
