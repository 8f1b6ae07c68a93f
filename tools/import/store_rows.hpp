#pragma once

#include <memory>
#include <string>

#include "engine/log.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// How the events of another store come into this one.
struct StoreRowsOptions {
  /// Under which name events come in whose source and id this log has with other content: as those
  /// of the source "SOURCE#NAME". Empty: they are rows with a problem.
  std::string rename;
  bool originals = false;  ///< rows are wanted in the exchange format, too
};

/// The events of another log, one a row, in its order; a row's line is the position there. What
/// supersedes a renamed event supersedes it under its new source. notes() tell of each conflict in
/// a sentence. Both logs outlive it. Costs a look-up in this log an event. Errors: corrupt,
/// unsupported, io.
[[nodiscard]] std::unique_ptr<RowReader> open_store_rows(const Log& other, const Log& log,
                                                         StoreRowsOptions options);

}  // namespace solnoma
