#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// Reports as CSV (RFC 4180; safe in a spreadsheet: csv.hpp). Columns and slugs are the same
/// in every language; names, titles and dates in words are in the report's.

/// A row a subject and figure, as seen from the vantage; a subject without figures has one.
[[nodiscard]] Result<void> csv_board(const Report& report, const Sink& sink);

/// A row a mark and quantity; a mark without quantities has one.
[[nodiscard]] Result<void> csv_timeline(const Report& report, const Sink& sink);

}  // namespace solnoma
