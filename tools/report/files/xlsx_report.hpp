#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/view/differences.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// A workbook of a whole report: board, timeline, plans, figures, sources, a sheet each, in the
/// words of its language. A date stands as it was told, and beside it, as dates, the first and the
/// last day that it allows. Memory: as Report::each(). Errors: those of it and of Workbook.
[[nodiscard]] Result<void> xlsx_report(const Report& report, const Sink& sink);

/// What csv_timeline() and csv_changes() tell, as a sheet.
[[nodiscard]] Result<void> xlsx_timeline(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> xlsx_changes(const Differences& differences, Language language,
                                        const Sink& sink);

}  // namespace solnoma
