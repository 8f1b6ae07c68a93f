#include "engine/index/segment_writer.hpp"

#include <algorithm>
#include <queue>

#include "engine/format/malformed.hpp"
#include "engine/index/page_keys.hpp"
#include "engine/index/segment_cursor.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kBatchBytes = 512 << 10;

Result<void> merge_rows(const Store& store, std::span<const Segment> parts, SegmentWriter& writer) {
  std::vector<Store::Cursor> cursors;
  std::vector<RunCursor> runs;
  cursors.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i)
    cursors.push_back(store.cursor(Family::timeline, /*scan=*/true));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    runs.emplace_back(cursors[i], parts[i]);
    if (auto ok = runs.back().seek(SubjectNumber{0}); !ok) return ok;
  }
  std::vector<Row> rows;
  for (;;) {
    // The subject that comes next, and its rows from the oldest part to the newest.
    SubjectNumber subject;
    bool any = false;
    for (const RunCursor& run : runs) {
      if (!run.valid() || (any && run.subject() >= subject)) continue;
      subject = run.subject();
      any = true;
    }
    if (!any) return {};
    for (RunCursor& run : runs) {
      if (!run.valid() || run.subject() != subject) continue;
      const Revision first = run.first_revision();
      rows.clear();
      if (auto ok = run.take(rows); !ok) return ok;
      if (auto ok = writer.add(subject, first, rows); !ok) return ok;
    }
  }
}

Result<void> merge_ids(const Store& store, std::span<const Segment> parts, SegmentWriter& writer) {
  std::vector<Store::Cursor> cursors;
  std::vector<IdCursor> ids;
  using Next = std::pair<IdEntry, std::size_t>;
  std::priority_queue<Next, std::vector<Next>, std::greater<>> queue;
  cursors.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i)
    cursors.push_back(store.cursor(Family::ids, /*scan=*/true));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ids.emplace_back(cursors[i], parts[i]);
    if (auto ok = ids.back().to_first(); !ok) return ok;
    if (ids.back().valid()) queue.emplace(ids.back().entry(), i);
  }
  while (!queue.empty()) {
    const auto [entry, part] = queue.top();
    queue.pop();
    if (auto ok = writer.add(entry); !ok) return ok;
    if (auto ok = ids[part].next(); !ok) return ok;
    if (ids[part].valid()) queue.emplace(ids[part].entry(), part);
  }
  return {};
}

Result<void> remove_pages(const Store& store, Family family, const Segment& segment,
                          Store::Batch& batch) {
  const std::string prefix = segment_key(segment);
  auto cursor = store.cursor(family, /*scan=*/true);
  for (cursor.seek(prefix); cursor.valid() && cursor.key().starts_with(prefix); cursor.next())
    batch.remove(family, cursor.key());
  return cursor.status();
}

}  // namespace

SegmentWriter::SegmentWriter(Store& store, const Segment& segment)
    : store_(store), segment_(segment), batch_(store.batch()) {}

Result<void> SegmentWriter::add(SubjectNumber subject, Revision first, std::span<const Row> rows) {
  while (!rows.empty()) {
    if (page_.rows.size() == kRowsPerPage)
      if (auto ok = put_rows(); !ok) return ok;
    const std::size_t some = std::min(rows.size(), kRowsPerPage - page_.rows.size());
    if (!page_.runs.empty() && page_.runs.back().subject == subject)
      page_.runs.back().rows += static_cast<std::uint32_t>(some);
    else
      page_.runs.push_back({subject, first, static_cast<std::uint32_t>(some)});
    page_.rows.insert(page_.rows.end(), rows.begin(),
                      rows.begin() + static_cast<std::ptrdiff_t>(some));
    rows = rows.subspan(some);
    first = Revision{first.value + static_cast<std::uint32_t>(some)};
  }
  return {};
}

Result<void> SegmentWriter::add(const IdEntry& entry) {
  if (ids_.size() == kIdsPerPage)
    if (auto ok = put_ids(); !ok) return ok;
  ids_.push_back(entry);
  return {};
}

Result<Store::Batch> SegmentWriter::finish() {
  if (!page_.rows.empty())
    if (auto ok = put_rows(); !ok) return std::unexpected(ok.error());
  if (!ids_.empty())
    if (auto ok = put_ids(); !ok) return std::unexpected(ok.error());
  return std::move(batch_);
}

Result<void> SegmentWriter::put_rows() {
  const Run& last = page_.runs.back();
  batch_.put(Family::timeline, row_page_key(segment_, last.subject, last.last()),
             encode_rows(page_, segment_));
  page_.clear();
  return write_when_large();
}

Result<void> SegmentWriter::put_ids() {
  batch_.put(Family::ids, id_page_key(segment_, ids_.back()), encode_ids(ids_, segment_));
  ids_.clear();
  return write_when_large();
}

Result<void> SegmentWriter::write_when_large() {
  if (batch_.bytes() < kBatchBytes) return {};
  auto ok = store_.write(batch_, /*sync=*/false);
  batch_.clear();
  return ok;
}

Result<Store::Batch> write_segment(Store& store, const Segment& segment,
                                   std::span<const IndexEntry> entries) {
  // Small keys to sort by; of one subject, log order is the order of revisions.
  std::vector<std::uint64_t> order;
  std::vector<IdEntry> ids;
  order.reserve(entries.size());
  ids.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    order.push_back(std::uint64_t{entries[i].subject.value} << 32 | i);
    ids.push_back({entries[i].id, entries[i].row.position()});
  }
  std::ranges::sort(order);
  std::ranges::sort(ids);
  SegmentWriter writer(store, segment);
  for (const std::uint64_t key : order) {
    const IndexEntry& entry = entries[key & UINT32_MAX];
    if (auto ok = writer.add(entry.subject, entry.revision, {&entry.row, 1}); !ok)
      return std::unexpected(ok.error());
  }
  for (const IdEntry& id : ids)
    if (auto ok = writer.add(id); !ok) return std::unexpected(ok.error());
  return writer.finish();
}

Result<Store::Batch> merge_segments(Store& store, std::span<const Segment> parts,
                                    const Segment& whole) {
  SegmentWriter writer(store, whole);
  if (auto ok = merge_rows(store, parts, writer); !ok) return std::unexpected(ok.error());
  if (auto ok = merge_ids(store, parts, writer); !ok) return std::unexpected(ok.error());
  auto batch = writer.finish();
  if (!batch) return batch;
  for (const Segment& part : parts)
    for (const Family family : {Family::timeline, Family::ids})
      if (auto ok = remove_pages(store, family, part, *batch); !ok)
        return std::unexpected(ok.error());
  return batch;
}

}  // namespace solnoma
