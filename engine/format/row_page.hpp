#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/format/segment.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/row.hpp"

namespace solnoma {

/// Rows of one subject that follow each other.
struct Run {
  SubjectNumber subject;
  Revision first;  ///< revision of the first row
  std::uint32_t rows = 0;

  [[nodiscard]] Revision last() const { return Revision{first.value + rows - 1}; }
};

/// One value of the timeline family: up to kMostRowsPerPage rows of one segment, in the order
/// of subject, then revision. Stored column by column, each number as its difference from
/// the one that is near it, which takes about 8 bytes a row.
///
/// | part       | encoding (varints but for the kinds)                                     |
/// |------------|--------------------------------------------------------------------------|
/// | head       | number of runs                                                           |
/// | runs       | subject - the one before; first revision; rows                           |
/// | kinds      | a byte each                                                              |
/// | known      | zigzag of the difference from the row before                             |
/// | latest     | zigzag of known - latest                                                 |
/// | earliest   | 0: as latest; 1: open past; else 1 + (latest - earliest)                 |
/// | position   | the first of a run: from the segment's first; else from the row before   |
/// | supersedes | number of such rows; each: place - the one before, revisions back        |
struct RowPage {
  std::vector<Run> runs;
  std::vector<Row> rows;

  void clear() {
    runs.clear();
    rows.clear();
  }
};

/// What is written: a subject's rows are found among few others.
inline constexpr std::uint32_t kRowsPerPage = 128;
/// What is read: pages used to be larger.
inline constexpr std::uint32_t kMostRowsPerPage = 512;

[[nodiscard]] std::string encode_rows(const RowPage& page, const Segment& segment);

/// The runs alone, which stand first. Errors: damaged_index.
[[nodiscard]] Result<void> decode_runs(std::string_view bytes, std::vector<Run>& runs);

/// Into `page`, whose memory is used again. Errors: damaged_index.
[[nodiscard]] Result<void> decode_rows(std::string_view bytes, const Segment& segment,
                                       RowPage& page);

/// Adds the rows of one subject to `rows`, and decodes no others: a fifth of the time. The run that
/// they make; none where the page has none. `last` becomes the last run of the page.
/// Errors: damaged_index; then `rows` may have grown.
[[nodiscard]] Result<std::optional<Run>> decode_run(std::string_view bytes, const Segment& segment,
                                                    SubjectNumber subject, std::vector<Row>& rows,
                                                    Run* last = nullptr);

}  // namespace solnoma
