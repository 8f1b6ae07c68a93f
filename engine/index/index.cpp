#include "engine/index/index.hpp"

#include <algorithm>

#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"
#include "engine/format/keys.hpp"
#include "engine/format/malformed.hpp"
#include "engine/index/page_keys.hpp"
#include "engine/index/segment_cursor.hpp"
#include "engine/index/segment_writer.hpp"

namespace solnoma {
namespace {

Result<Layout> read_layout(const Store& store) {
  auto value = store.get(Family::meta, kLayout);
  if (!value) return std::unexpected(value.error());
  if (!*value) return Layout{};
  if ((*value)->size() != 2) return malformed_entry();
  const Layout layout{static_cast<unsigned char>((**value)[0]),
                      static_cast<unsigned char>((**value)[1])};
  if (layout.segment_bits > 32 || layout.fan_bits == 0 || layout.fan_bits > 8)
    return malformed_entry();
  return layout;
}

void drop_past(Position head, std::vector<Row>& rows) {
  while (!rows.empty() && rows.back().position() > head) rows.pop_back();
}

}  // namespace

Result<std::unique_ptr<Index>> Index::open(const Store& store) {
  auto layout = read_layout(store);
  if (!layout) return std::unexpected(layout.error());
  std::unique_ptr<Index> index(new Index(store, *layout));
  if (auto ok = index->read_indexed(); !ok) return std::unexpected(ok.error());
  return index;
}

std::unique_ptr<Index> Index::empty(const Store& store) {
  return std::unique_ptr<Index>(new Index(store, read_layout(store).value_or(Layout{})));
}

Result<void> Index::read_indexed() {
  auto value = store_.get(Family::meta, kIndexed);
  if (!value) return std::unexpected(value.error());
  Position indexed{0};
  if (*value) {
    auto stored = stored_position(**value);
    if (!stored) return std::unexpected(stored.error());
    indexed = *stored;
  }
  if (indexed != last_full_segment(indexed, layout_)) return malformed_entry();
  if (indexed == indexed_) return {};
  const Position before = indexed_;
  segments_ = segments_up_to(indexed, layout_);
  indexed_ = indexed;
  const bool rebuilt = before > indexed_;
  if (rebuilt) filters_.clear();
  drop_oldest(rebuilt ? rest_.size() : indexed_.value - before.value);
  return {};
}

Position Index::covered() const {
  const std::lock_guard lock(mutex_);
  return Position{indexed_.value + rest_.size()};
}

Position Index::in_segments() const {
  const std::lock_guard lock(mutex_);
  return indexed_;
}

void Index::add(std::span<const IndexEntry> entries) {
  const std::lock_guard lock(mutex_);
  if (rest_.empty()) rest_.reserve(entries.size());
  for (const IndexEntry& entry : entries) {
    SOLNOMA_CHECK(entry.row.position().value == indexed_.value + rest_.size() + 1);
    rest_.push_back(entry);
  }
}

std::size_t Index::due_segments() const {
  const std::lock_guard lock(mutex_);
  return rest_.size() >> layout_.segment_bits;
}

Result<void> Index::check_segments() const {
  Segments rows = segments(Family::timeline);
  Segments ids = segments(Family::ids);
  for (const Segment& segment : rows.all) {
    RunCursor run(rows.cursor, segment);
    if (auto ok = run.seek(SubjectNumber{0}); !ok) return ok;
    if (!run.valid()) return malformed_entry();
  }
  for (const Segment& segment : ids.all) {
    IdCursor first(ids.cursor, segment);
    if (auto ok = first.to_first(); !ok) return ok;
    if (!first.valid()) return malformed_entry();
  }
  return {};
}

Result<void> Index::write_segments(Store& store) {
  const std::uint64_t size = std::uint64_t{1} << layout_.segment_bits;
  for (;;) {
    std::unique_lock lock(mutex_);
    if (rest_.size() < size) return {};
    const Segment fresh = next_segment(indexed_, afresh_ ? rest_.size() : size, layout_);
    const std::vector<IndexEntry> entries(
        rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(fresh.events()));
    const std::vector<Segment> standing = segments_;
    lock.unlock();

    // Until the last step nobody reads what is written here.
    auto batch = write_segment(store, fresh, entries);
    if (!batch) return std::unexpected(batch.error());
    const Segment whole = newest_segment(fresh.last(), layout_);
    if (whole != fresh) {
      if (auto ok = store.write(*batch, /*sync=*/false); !ok) return ok;
      std::vector<Segment> parts;
      std::ranges::copy_if(standing, std::back_inserter(parts),
                           [&](const Segment& s) { return s.first >= whole.first; });
      parts.push_back(fresh);
      batch = merge_segments(store, parts, whole);
      if (!batch) return std::unexpected(batch.error());
    }
    std::string indexed;
    put_le(indexed, fresh.last().value);
    batch->put(Family::meta, kIndexed, indexed);
    std::vector<Segment> then = segments_up_to(fresh.last(), layout_);

    lock.lock();
    if (auto ok = store.write(*batch, /*sync=*/false); !ok) return ok;
    indexed_ = fresh.last();
    segments_ = std::move(then);
    drop_oldest(fresh.events());
  }
}

void Index::drop_oldest(std::uint64_t count) {
  const auto end = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(count, rest_.size()));
  rest_.erase(rest_.begin(), rest_.begin() + end);
  places_.clear();
  placed_ = 0;
}

Result<void> Index::catch_up(Store& store) {
  const std::lock_guard lock(mutex_);
  if (auto ok = store.catch_up(); !ok) return ok;
  return read_indexed();
}

void Index::reset(Store::Batch& batch) {
  const std::lock_guard lock(mutex_);
  batch.remove(Family::meta, kIndexed);
  afresh_ = true;
  filters_.clear();
  indexed_ = Position{0};
  segments_.clear();
  drop_oldest(rest_.size());
}

std::vector<std::uint32_t> Index::places_of(SubjectNumber subject) const {
  // In nanoseconds, about what was measured: an entry passed over, and one put into the table.
  constexpr std::uint64_t kPass = 1;
  constexpr std::uint64_t kPlace = 64;
  std::vector<std::uint32_t> places;
  if (!placed_by_subject_) {
    placed_by_subject_ =
        !rest_.empty() && scans_of_rest_.pays(kPass * rest_.size(), kPlace * rest_.size());
    for (std::size_t i = 0; i < rest_.size(); ++i)
      if (rest_[i].subject == subject) places.push_back(static_cast<std::uint32_t>(i));
    return places;
  }
  for (; placed_ < rest_.size(); ++placed_)
    places_[rest_[placed_].subject].push_back(static_cast<std::uint32_t>(placed_));
  if (const auto found = places_.find(subject); found != places_.end()) places = found->second;
  return places;
}

Result<std::vector<Row>> Index::rows(SubjectNumber subject, Position head) const {
  std::vector<Row> newest;
  std::unique_lock lock(mutex_);
  for (const std::uint32_t place : places_of(subject)) newest.push_back(rest_[place].row);
  const std::vector<Segment> segments = segments_;
  auto cursor = store_.cursor(Family::timeline);
  lock.unlock();

  std::vector<Row> rows;
  for (const Segment& segment : filters_.holding(segments, subject, cursor)) {
    const std::size_t before = rows.size();
    auto first = take_rows(cursor, segment, subject, rows);
    if (!first) return std::unexpected(first.error());
    if (first->value != 0 && first->value != before + 1) return malformed_entry();
  }
  rows.insert(rows.end(), newest.begin(), newest.end());
  drop_past(head, rows);
  return rows;
}

Result<Revision> Index::revision(SubjectNumber subject, Position head) const {
  std::unique_lock lock(mutex_);
  const auto places = places_of(subject);
  for (auto place = places.rbegin(); place != places.rend(); ++place)
    if (rest_[*place].row.position() <= head) return rest_[*place].revision;
  const std::vector<Segment> segments = segments_;
  auto cursor = store_.cursor(Family::timeline);
  lock.unlock();

  std::vector<Row> rows;
  const std::vector<Segment> holding = filters_.holding(segments, subject, cursor);
  for (auto segment = holding.rbegin(); segment != holding.rend(); ++segment) {
    rows.clear();
    auto first = take_rows(cursor, *segment, subject, rows);
    if (!first) return first;
    drop_past(head, rows);
    if (!rows.empty()) return Revision{first->value + static_cast<std::uint32_t>(rows.size()) - 1};
  }
  return Revision{0};
}

Result<void> Index::all_rows(SubjectRange range, Position head,
                             const std::function<bool(SubjectNumber, Rows)>& visit) const {
  std::vector<IndexEntry> newest;
  std::vector<Store::Cursor> cursors;
  std::unique_lock lock(mutex_);
  std::ranges::copy_if(rest_, std::back_inserter(newest), [&](const IndexEntry& entry) {
    return entry.subject >= range.first && entry.subject <= range.last;
  });
  const std::vector<Segment> segments = segments_;
  cursors.reserve(segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i)
    cursors.push_back(store_.cursor(Family::timeline, /*scan=*/true));
  lock.unlock();

  std::ranges::stable_sort(newest, {}, &IndexEntry::subject);
  std::vector<RunCursor> runs;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    runs.emplace_back(cursors[i], segments[i]);
    if (auto ok = runs.back().seek(range.first); !ok) return ok;
  }
  std::vector<Row> rows;
  std::size_t next = 0;
  for (;;) {
    // Of what is left the lowest subject; its rows stand in the order of the segments.
    constexpr std::uint64_t kNone = UINT64_MAX;
    std::uint64_t lowest = next < newest.size() ? newest[next].subject.value : kNone;
    for (const RunCursor& run : runs)
      if (run.valid()) lowest = std::min<std::uint64_t>(lowest, run.subject().value);
    if (lowest > range.last.value) return {};
    const SubjectNumber subject{static_cast<std::uint32_t>(lowest)};
    rows.clear();
    for (RunCursor& run : runs) {
      if (!run.valid() || run.subject() != subject) continue;
      if (run.first_revision().value != rows.size() + 1) return malformed_entry();
      if (auto ok = run.take(rows); !ok) return ok;
    }
    for (; next < newest.size() && newest[next].subject == subject; ++next)
      rows.push_back(newest[next].row);
    drop_past(head, rows);
    if (!rows.empty() && !visit(subject, rows)) return {};
  }
}

Result<std::vector<Position>> Index::find(IdHash id, Position head) const {
  std::vector<Position> found;
  const auto add = [&](Position position) {
    if (position <= head) found.push_back(position);
  };
  std::unique_lock lock(mutex_);
  for (const IndexEntry& entry : rest_)
    if (entry.id == id) add(entry.row.position());
  const std::vector<Segment> segments = segments_;
  if (!segments.empty()) {
    auto cursor = store_.cursor(Family::ids);
    lock.unlock();
    for (const Segment& segment : segments)
      if (auto ok = find_id(cursor, segment, id, add); !ok) return std::unexpected(ok.error());
  }
  std::ranges::sort(found);
  return found;
}

Index::Segments Index::segments(Family family, bool scan) const {
  const std::lock_guard lock(mutex_);
  return {segments_, store_.cursor(family, scan)};
}

Index::Rest Index::rest() const {
  const std::lock_guard lock(mutex_);
  return {indexed_, rest_};
}

Result<void> Index::ids_of_several(
    const std::function<Result<void>(std::span<const Position>)>& visit) const {
  std::vector<IdEntry> newest;
  std::vector<Store::Cursor> cursors;
  std::unique_lock lock(mutex_);
  newest.reserve(rest_.size());
  for (const IndexEntry& entry : rest_) newest.push_back({entry.id, entry.row.position()});
  const std::vector<Segment> segments = segments_;
  cursors.reserve(segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i)
    cursors.push_back(store_.cursor(Family::ids, /*scan=*/true));
  lock.unlock();

  std::ranges::sort(newest);
  std::vector<IdCursor> runs;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    runs.emplace_back(cursors[i], segments[i]);
    if (auto ok = runs.back().to_first(); !ok) return ok;
  }
  // The lowest hash that is left, again and again, with all that have it.
  std::vector<Position> same;
  std::size_t next = 0;
  for (;;) {
    IdHash lowest = next < newest.size() ? newest[next].hash : UINT64_MAX;
    for (const IdCursor& run : runs)
      if (run.valid()) lowest = std::min(lowest, run.entry().hash);
    if (lowest == UINT64_MAX) return {};
    same.clear();
    for (IdCursor& run : runs)
      while (run.valid() && run.entry().hash == lowest) {
        same.push_back(run.entry().position);
        if (auto ok = run.next(); !ok) return ok;
      }
    for (; next < newest.size() && newest[next].hash == lowest; ++next)
      same.push_back(newest[next].position);
    if (same.size() < 2) continue;
    if (auto ok = visit(same); !ok) return ok;
  }
}

Result<void> Index::all_ids(const std::function<void(const IdEntry&)>& visit) const {
  std::vector<IdEntry> newest;
  std::unique_lock lock(mutex_);
  newest.reserve(rest_.size());
  for (const IndexEntry& entry : rest_) newest.push_back({entry.id, entry.row.position()});
  const std::vector<Segment> segments = segments_;
  auto cursor = store_.cursor(Family::ids, /*scan=*/true);
  lock.unlock();
  for (const Segment& segment : segments) {
    IdCursor ids(cursor, segment);
    if (auto ok = ids.to_first(); !ok) return ok;
    std::uint64_t count = 0;
    for (IdEntry last; ids.valid(); ++count) {
      if (ids.entry() <= last) return malformed_entry();
      last = ids.entry();
      visit(last);
      if (auto ok = ids.next(); !ok) return ok;
    }
    if (count != segment.events()) return malformed_entry();
  }
  for (const IdEntry& entry : newest) visit(entry);
  return {};
}

}  // namespace solnoma
