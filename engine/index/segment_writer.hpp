#pragma once

#include <span>
#include <vector>

#include "engine/format/index_entry.hpp"
#include "engine/format/row_page.hpp"
#include "engine/format/segment.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// Writes the pages of one segment. What the pages hold depends on the rows and ids alone,
/// so a segment that is merged from others is the one that would be written at once.
/// Until the store says that the segment stands, nobody reads it: an interrupted writer
/// leaves pages that the next one writes again.
class SegmentWriter {
 public:
  SegmentWriter(Store& store, const Segment& segment);

  /// In the order of subject, then revision. Errors: io.
  [[nodiscard]] Result<void> add(SubjectNumber subject, Revision first, std::span<const Row> rows);
  /// In ascending order. Errors: io.
  [[nodiscard]] Result<void> add(const IdEntry& entry);

  /// The last pages, not yet written: whoever makes the segment stand writes them.
  [[nodiscard]] Result<Store::Batch> finish();

 private:
  Result<void> put_rows();
  Result<void> put_ids();
  Result<void> write_when_large();

  Store& store_;
  Segment segment_;
  Store::Batch batch_;
  RowPage page_;
  std::vector<IdEntry> ids_;
};

/// A segment of these entries, which are in the order of the log and fill it.
[[nodiscard]] Result<Store::Batch> write_segment(Store& store, const Segment& segment,
                                                 std::span<const IndexEntry> entries);

/// One segment in place of `parts`, which are in the order of the log and fill it; the
/// batch takes their pages away. Memory: a page of each. Errors: damaged_index, io.
[[nodiscard]] Result<Store::Batch> merge_segments(Store& store, std::span<const Segment> parts,
                                                  const Segment& whole);

}  // namespace solnoma
