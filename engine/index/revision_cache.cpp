#include "engine/index/revision_cache.hpp"

#include "engine/index/segment_cursor.hpp"

namespace solnoma {

Result<RevisionCache::Newest> RevisionCache::newest(SubjectNumber subject) {
  // In nanoseconds, about what was measured. A newer segment is looked into more often and is no
  // larger, so what is in memory is always the newest.
  constexpr std::uint64_t kLookIntoSegment = 15'000;
  constexpr std::uint64_t kReadAnEvent = 20;
  if (!kept_) {
    Index::Rest rest = index_.rest();
    for (const IndexEntry& entry : rest.entries) newest_[entry.subject] = entry.revision;
    from_ = rest.after;
    kept_ = true;
  }
  if (const auto found = newest_.find(subject); found != newest_.end())
    return Newest{found->second};
  if (from_.value == 0) return Newest{};

  auto [segments, cursor] = index_.segments(Family::timeline);
  for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
    if (segment->first > from_) continue;
    if (looks_[segment->first].pays(kLookIntoSegment, segment->events() * kReadAnEvent)) {
      auto ok = each_newest(cursor, *segment, SubjectNumber{0}, [&](SubjectNumber s, Revision r) {
        newest_.try_emplace(s, r);
        return true;
      });
      if (!ok) return std::unexpected(ok.error());
      from_ = Position{segment->first.value - 1};
      if (const auto found = newest_.find(subject); found != newest_.end())
        return Newest{found->second};
      continue;
    }
    Revision found{0};
    auto ok = each_newest(cursor, *segment, subject, [&](SubjectNumber s, Revision r) {
      if (s == subject) found = r;
      return false;
    });
    if (!ok) return std::unexpected(ok.error());
    if (found.value != 0) return Newest{found, true};
  }
  return Newest{Revision{0}, true};
}

void RevisionCache::forget() {
  newest_.clear();
  looks_.clear();
  kept_ = false;
}

}  // namespace solnoma
