#include "engine/index/segment_cursor.hpp"

#include <algorithm>

#include "engine/format/malformed.hpp"
#include "engine/index/page_keys.hpp"

namespace solnoma {
namespace {

/// Whether the cursor stands in the segment. Errors: corrupt, io.
Result<bool> within(const Store::Cursor& cursor, const std::string& prefix) {
  if (cursor.valid()) return cursor.key().starts_with(prefix);
  if (auto ok = cursor.status(); !ok) return std::unexpected(ok.error());
  return false;
}

/// A page is found by its key, which is its last entry: under another one it would not be found for
/// what it holds, and be taken for what it does not. Errors: damaged_index.
Result<void> check_key(std::string_view key, const Segment& segment, const Run& last) {
  if (last.rows > 0 && key == row_page_key(segment, last.subject, last.last())) return {};
  return malformed_entry();
}
Result<void> check_key(std::string_view key, const Segment& segment, const IdEntry& last) {
  if (key == id_page_key(segment, last)) return {};
  return malformed_entry();
}

}  // namespace

RunCursor::RunCursor(Store::Cursor& cursor, const Segment& segment)
    : cursor_(&cursor), segment_(segment), prefix_(segment_key(segment)) {}

Result<void> RunCursor::seek(SubjectNumber subject) {
  cursor_->seek(row_page_key(segment_, subject, Revision{0}));
  if (auto ok = load_page(); !ok) return ok;
  while (valid() && this->subject() < subject)
    if (auto ok = next_run(); !ok) return ok;
  return {};
}

Result<void> RunCursor::take(std::vector<Row>& rows) {
  const SubjectNumber current = subject();
  while (valid() && subject() == current) {
    const auto begin = page_.rows.begin() + static_cast<std::ptrdiff_t>(row_);
    rows.insert(rows.end(), begin, begin + page_.runs[run_].rows);
    if (auto ok = next_run(); !ok) return ok;
  }
  return {};
}

Result<void> RunCursor::load_page() {
  page_.clear();
  run_ = row_ = 0;
  auto inside = within(*cursor_, prefix_);
  if (!inside) return std::unexpected(inside.error());
  if (!*inside) return {};
  if (auto ok = decode_rows(cursor_->value(), segment_, page_); !ok) return ok;
  if (page_.runs.empty()) return malformed_entry();
  return check_key(cursor_->key(), segment_, page_.runs.back());
}

Result<void> RunCursor::next_run() {
  row_ += page_.runs[run_].rows;
  if (++run_ < page_.runs.size()) return {};
  cursor_->next();
  return load_page();
}

IdCursor::IdCursor(Store::Cursor& cursor, const Segment& segment)
    : cursor_(&cursor), segment_(segment), prefix_(segment_key(segment)) {}

Result<void> IdCursor::to_first() {
  cursor_->seek(prefix_);
  return load_page();
}

Result<void> IdCursor::next() {
  if (++place_ < entries_.size()) return {};
  cursor_->next();
  return load_page();
}

Result<void> IdCursor::load_page() {
  entries_.clear();
  place_ = 0;
  auto inside = within(*cursor_, prefix_);
  if (!inside) return std::unexpected(inside.error());
  if (!*inside) return {};
  if (auto ok = decode_ids(cursor_->value(), segment_, entries_); !ok) return ok;
  return check_key(cursor_->key(), segment_, entries_.back());
}

Result<void> find_id(Store::Cursor& cursor, const Segment& segment, IdHash hash,
                     const std::function<void(Position)>& visit) {
  const std::string prefix = segment_key(segment);
  // The key of a page is its last entry.
  for (cursor.seek(id_page_key(segment, {hash, Position{0}}));; cursor.next()) {
    auto inside = within(cursor, prefix);
    if (!inside) return std::unexpected(inside.error());
    if (!*inside) return {};
    auto last = last_id(cursor.value(), segment);
    if (!last) return std::unexpected(last.error());
    if (auto ok = check_key(cursor.key(), segment, *last); !ok) return ok;
    auto more = find_id(cursor.value(), segment, hash, visit);
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
  }
}

Result<Revision> take_rows(Store::Cursor& cursor, const Segment& segment, SubjectNumber subject,
                           std::vector<Row>& rows) {
  const std::string prefix = segment_key(segment);
  // The key of a page is its last row: below this one the rows may go on in the next page.
  const std::string last = row_page_key(segment, subject, Revision{UINT32_MAX});
  Revision first{0};
  for (cursor.seek(row_page_key(segment, subject, Revision{0}));; cursor.next()) {
    auto inside = within(cursor, prefix);
    if (!inside) return std::unexpected(inside.error());
    if (!*inside) return first;
    Run end;
    auto run = decode_run(cursor.value(), segment, subject, rows, &end);
    if (!run) return std::unexpected(run.error());
    if (auto ok = check_key(cursor.key(), segment, end); !ok) return std::unexpected(ok.error());
    if (*run && first.value == 0) first = (*run)->first;
    if (!*run || cursor.key() > last) return first;
  }
}

Result<void> each_newest(Store::Cursor& cursor, const Segment& segment, SubjectNumber from,
                         const std::function<bool(SubjectNumber, Revision)>& visit) {
  const std::string prefix = segment_key(segment);
  std::vector<Run> runs;
  Run last;  // its subject may go on in the next page; without rows: none yet
  std::uint64_t rows = 0;
  for (cursor.seek(row_page_key(segment, from, Revision{0}));; cursor.next()) {
    auto inside = within(cursor, prefix);
    if (!inside) return std::unexpected(inside.error());
    if (!*inside) break;
    if (auto ok = decode_runs(cursor.value(), runs); !ok) return ok;
    if (runs.empty()) return malformed_entry();
    if (auto ok = check_key(cursor.key(), segment, runs.back()); !ok) return ok;
    for (const Run& run : runs) {
      rows += run.rows;
      if (run.subject < from) continue;
      if (last.rows > 0 && last.subject != run.subject && !visit(last.subject, last.last()))
        return {};
      last = run;
    }
  }
  // From the first subject on, all events of the segment were there.
  if (from.value == 0 && rows != segment.events()) return malformed_entry();
  if (last.rows > 0) (void)visit(last.subject, last.last());
  return {};
}

}  // namespace solnoma
