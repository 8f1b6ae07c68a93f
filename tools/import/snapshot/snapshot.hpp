#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/log.hpp"
#include "tools/import/row_reader.hpp"
#include "tools/import/snapshot/renames.hpp"
#include "tools/import/table/table_reader.hpp"

namespace solnoma {

enum class OnVanished {
  few,     ///< they are told as delisted; where more than a fifth vanished, the import is refused
  delist,  ///< however many there are
  ignore,
};

/// Opens the release anew; a subject that is known by its key keeps its name.
using OpenRelease =
    std::function<Result<std::unique_ptr<RowReader>>(const KnownSubjects& known_subjects)>;

/// A release of what a source has told of before: its rows become events and corrections, by what
/// release_changes() finds. Rows are of one subject each, the ids of their events "KEY/…", as the
/// readers of tables make them. The release is read twice. Memory: the keys of the release and the
/// subjects of the source.
class Snapshot {
 public:
  /// Reads the keys of the release, and what the log has of the source. `log` outlives it. Errors:
  /// those of the reader; conflict when the source has told of a later day already; corrupt, io.
  [[nodiscard]] static Result<std::unique_ptr<Snapshot>> of(const Log& log, OpenRelease open,
                                                            RenameAnswers answers);
  ~Snapshot();

  /// New names that vanished ones may have got, but for those that were answered.
  [[nodiscard]] const std::vector<Rename>& likely_renames() const;

  /// The rows as changes, then those that vanished. This outlives it. Errors: those of the reader;
  /// conflict where too many vanished.
  [[nodiscard]] Result<std::unique_ptr<RowReader>> rows(OnVanished on_vanished);

  /// After the last row: what changed, as Markdown.
  [[nodiscard]] std::string summary(const std::string& title) const;

 private:
  struct Impl;
  class Rows;
  explicit Snapshot(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
