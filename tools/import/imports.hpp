#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "events/event.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// An event that tells of an import.
struct ImportEvent {
  StoredEvent stored;
  bool undone = false;  ///< it is retracted
};

/// All of a log, oldest first. Reads the rows of its datasets and these events. Errors: corrupt,
/// io.
[[nodiscard]] Result<std::vector<ImportEvent>> imports(const Log& log);

/// The one whose id begins so. Errors: not_found; invalid when several do; corrupt, io.
[[nodiscard]] Result<ImportEvent> find_import(const Log& log, std::string_view id);

/// Retractions of all that an import recorded and that is not retracted yet, and of what tells of
/// it, the newest first: rows for a recorder that sets aside what was superseded since. The log
/// outlives it. Errors: conflict when the log does not hold these events directly before what tells
/// of them, as one that was made of an export of another may not; corrupt, io.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_undo(const Log& log,
                                                           const ImportEvent& import, Day today);

}  // namespace solnoma
