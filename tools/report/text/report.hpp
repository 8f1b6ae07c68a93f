#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/text/screen.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// A whole report: board, then every subject with figures, plans and timeline, then the
/// sources; of more than a thousand subjects each one's sources stand with it. As Markdown,
/// and as plain text for a terminal. Memory: a line for each subject.
[[nodiscard]] Result<void> markdown_report(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> text_report(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> text_report_on(const Screen& screen, const Report& report,
                                          const Sink& sink);

/// Only the marks, subject by subject.
[[nodiscard]] Result<void> markdown_timeline(const Report& report, const Sink& sink);

}  // namespace solnoma
