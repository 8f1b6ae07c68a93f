#include "engine/index/id_cache.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/index/segment_cursor.hpp"

namespace solnoma {

Result<void> IdCache::expect(std::size_t count) {
  // In nanoseconds: what was measured of a look into a segment; and half of what reading one id
  // takes, since a caller that has looked for so many mostly has many more.
  constexpr std::uint64_t kLookIntoSegment = 8'000;
  constexpr std::uint64_t kReadAnId = 25;
  if (!kept_) {
    const Index::Rest rest = index_.rest();
    from_ = rest.after;
    kept_ = true;
    add(rest.entries);
  }
  if (from_.value == 0) return {};
  segments_.emplace(index_.segments(Family::ids));
  std::erase_if(segments_->all, [&](const Segment& s) { return s.first > from_; });
  const std::uint64_t price = from_.value * kReadAnId;
  if (!looks_.pays(kLookIntoSegment * segments_->all.size(), price, count)) return {};

  table_.reserve(index_.covered().value);
  auto ok = index_.all_ids([&](const IdEntry& entry) {
    if (entry.position <= from_) table_.insert(entry.hash, entry.position);
  });
  if (!ok) return ok;
  from_ = Position{0};
  segments_.reset();
  return {};
}

Result<std::vector<Position>> IdCache::find(IdHash id) {
  std::vector<Position> found;
  table_.find(id, [&](Position position) { found.push_back(position); });
  if (from_.value != 0) {
    SOLNOMA_CHECK(segments_);
    for (const Segment& segment : segments_->all) {
      auto ok = find_id(segments_->cursor, segment, id,
                        [&](Position position) { found.push_back(position); });
      if (!ok) return std::unexpected(ok.error());
    }
  }
  // A segment may hold events that the table has as well.
  std::ranges::sort(found);
  const auto twice = std::ranges::unique(found);
  found.erase(twice.begin(), twice.end());
  return found;
}

void IdCache::add(std::span<const IndexEntry> entries) {
  if (!kept_) return;  // expect() will find them in the index
  for (const IndexEntry& entry : entries) table_.insert(entry.id, entry.row.position());
}

void IdCache::forget() {
  table_.clear();
  kept_ = false;
  looks_.reset();
  segments_.reset();
}

}  // namespace solnoma
