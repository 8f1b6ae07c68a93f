#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/format/id_page.hpp"
#include "engine/format/row_page.hpp"
#include "engine/format/segment.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// Goes through the rows of one segment, subject by subject. The store's cursor is
/// borrowed and moved.
class RunCursor {
 public:
  RunCursor(Store::Cursor& cursor, const Segment& segment);

  /// To the first subject not before this one. Errors: damaged_index, io.
  [[nodiscard]] Result<void> seek(SubjectNumber subject);

  [[nodiscard]] bool valid() const { return run_ < page_.runs.size(); }
  [[nodiscard]] SubjectNumber subject() const { return page_.runs[run_].subject; }
  [[nodiscard]] Revision first_revision() const { return page_.runs[run_].first; }

  /// Adds this subject's rows to `rows` and goes on to the next subject.
  [[nodiscard]] Result<void> take(std::vector<Row>& rows);

 private:
  Result<void> load_page();
  Result<void> next_run();

  Store::Cursor* cursor_;
  Segment segment_;
  std::string prefix_;
  RowPage page_;
  std::size_t run_ = 0;
  std::size_t row_ = 0;  // of the run's first row
};

/// Adds a subject's rows of one segment to `rows`; the revision of the first of them, 0 where there
/// are none. Errors: damaged_index, io.
[[nodiscard]] Result<Revision> take_rows(Store::Cursor& cursor, const Segment& segment,
                                         SubjectNumber subject, std::vector<Row>& rows);

/// The newest revision of each subject of a segment, from a subject on, in the order of
/// subjects, until `visit` returns false. Reads no rows. Errors: damaged_index, io.
[[nodiscard]] Result<void> each_newest(Store::Cursor& cursor, const Segment& segment,
                                       SubjectNumber from,
                                       const std::function<bool(SubjectNumber, Revision)>& visit);

/// Calls `visit` with each position of that hash in a segment. Errors: damaged_index, io.
[[nodiscard]] Result<void> find_id(Store::Cursor& cursor, const Segment& segment, IdHash hash,
                                   const std::function<void(Position)>& visit);

/// Goes through the ids of one segment, in the order of their hashes.
class IdCursor {
 public:
  IdCursor(Store::Cursor& cursor, const Segment& segment);

  /// Errors: damaged_index, io.
  [[nodiscard]] Result<void> to_first();

  [[nodiscard]] bool valid() const { return place_ < entries_.size(); }
  [[nodiscard]] const IdEntry& entry() const { return entries_[place_]; }
  [[nodiscard]] Result<void> next();

 private:
  Result<void> load_page();

  Store::Cursor* cursor_;
  Segment segment_;
  std::string prefix_;
  std::vector<IdEntry> entries_;
  std::size_t place_ = 0;
};

}  // namespace solnoma
