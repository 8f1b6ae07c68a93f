#include "engine/segment_cursor.hpp"

#include <algorithm>

#include "engine/keys.hpp"

namespace solnoma {
namespace {

/// To the page that holds what `key` would come to stand in, or to the segment's first.
Result<void> to_page(Store::Cursor& cursor, const std::string& key, const std::string& prefix) {
  cursor.seek_backward(key);
  if (auto ok = cursor.status(); !ok) return ok;
  if (!cursor.valid() || !cursor.key().starts_with(prefix)) cursor.seek(prefix);
  return {};
}

/// Whether the cursor stands in the segment. Errors: corrupt, io.
Result<bool> within(const Store::Cursor& cursor, const std::string& prefix) {
  if (cursor.valid()) return cursor.key().starts_with(prefix);
  if (auto ok = cursor.status(); !ok) return std::unexpected(ok.error());
  return false;
}

}  // namespace

RunCursor::RunCursor(Store::Cursor& cursor, const Segment& segment)
    : cursor_(&cursor), segment_(segment), prefix_(segment_key(segment)) {}

Result<void> RunCursor::seek(SubjectNumber subject) {
  if (auto ok = to_page(*cursor_, row_page_key(segment_, subject, Revision{0}), prefix_); !ok)
    return ok;
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
  return {};
}

Result<void> RunCursor::next_run() {
  row_ += page_.runs[run_].rows;
  if (++run_ < page_.runs.size()) return {};
  cursor_->next();
  return load_page();
}

IdCursor::IdCursor(Store::Cursor& cursor, const Segment& segment)
    : cursor_(&cursor), segment_(segment), prefix_(segment_key(segment)) {}

Result<void> IdCursor::seek(IdHash hash) {
  if (auto ok = to_page(*cursor_, id_page_key(segment_, {hash, Position{0}}), prefix_); !ok)
    return ok;
  if (auto ok = load_page(); !ok) return ok;
  place_ = static_cast<std::size_t>(std::ranges::lower_bound(entries_, hash, {}, &IdEntry::hash) -
                                    entries_.begin());
  if (valid() || entries_.empty()) return {};
  cursor_->next();
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
  if (entries_.empty()) return malformed_entry();
  return {};
}

}  // namespace solnoma
