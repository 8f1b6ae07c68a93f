#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// A report as data (report.schema.json): for each subject all events, and status, plans and
/// figures as functions over the days of the question. A page or a program that has it can
/// answer from any day. Of every chosen subject of which the log held anything at the
/// position: what cannot be seen from the vantage may be from another day. Written subject by
/// subject. `words`: the reports' own words, in English, that a page wants in its language.
[[nodiscard]] Result<void> write_report_json(const Report& report, const Sink& sink,
                                             const std::vector<std::string_view>& words);

/// The report in pieces: calls `take` with each subject, as it stands there, and returns all else,
/// which is an object without "subjects".
[[nodiscard]] Result<std::string> report_subjects_json(const Report& report, const Sink& take);

/// The whole without words.
[[nodiscard]] Result<void> report_json(const Report& report, const Sink& sink);

}  // namespace solnoma
