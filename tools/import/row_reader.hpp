#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.hpp"
#include "events/exchange.hpp"
#include "events/known.hpp"
#include "tools/import/problem.hpp"

namespace solnoma {

/// What whoever imports says of an input that does not say it itself.
struct ReadOptions {
  std::string source;               ///< URI of the producer; empty: not said
  std::optional<Known> known = {};  ///< the day of what it tells
  bool originals = false;           ///< rows are wanted as they stood, too
};

/// One row of an input, whatever it calls so: a line, a table's row, a project, an activity, a
/// release. It is recorded whole or, where it has a problem, not at all.
struct ImportRow {
  std::size_t line = 0;   ///< where it begins, from 1: a line of a text, a row of a sheet, an entry
  std::size_t entry = 0;  ///< which entry of that line, from 1; 0: the line is the row
  std::vector<Exchanged> events;  ///< normalized; not validated
  std::vector<Problem> problems;  ///< none: all of it was understood
  std::string original;           ///< as it stood, where ReadOptions::originals asks for it
  bool inferred = false;          ///< it is no row of the input, but follows from what that lacks
};

/// What a reader has to tell besides its rows.
struct ReadNotes {
  std::map<std::string, std::size_t> repaired;  ///< what was put right, and in how many cells
  std::map<std::string, std::size_t> left_out;  ///< columns or paths not used, and how many values
  std::vector<std::string> remarks;             ///< in sentences: keys that fall together, and such
};

/// Reads rows from one input, from its beginning to its end. One thread at a time. Memory does not
/// grow with an input that is a table or lines.
class RowReader {
 public:
  virtual ~RowReader() = default;

  /// The next row, in place of what `row` held; false at the end. Errors: what ends the reading of
  /// the whole input (it is broken, of another kind, cannot be read any more); `row.line` is where,
  /// or 0.
  [[nodiscard]] virtual Result<bool> next(ImportRow& row) = 0;

  /// After the last row.
  [[nodiscard]] virtual ReadNotes notes() const { return {}; }

  /// What a file of rejected rows of this kind is made of; rows that are corrected there are read
  /// by a reader of the same kind.
  [[nodiscard]] virtual std::string rejects_head() const { return {}; }
  /// One rejected row, whole lines. The default: the problems in lines that begin with '#', which
  /// readers of lines pass over, then the row as it was.
  [[nodiscard]] virtual std::string reject(const std::string& original,
                                           const std::vector<Problem>& problems,
                                           const std::string& place) const;
  [[nodiscard]] virtual std::string rejects_tail() const { return {}; }

  /// The day that the data state of themselves (a release's date), as EDTF; empty: none.
  [[nodiscard]] virtual std::string stated_date() const { return {}; }
};

}  // namespace solnoma
