#pragma once

#include <string>
#include <vector>

#include "engine/vantage.hpp"
#include "events/edtf.hpp"
#include "projections/explain.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/view/board_from_index.hpp"
#include "tools/report/view/differences.hpp"
#include "tools/report/view/report.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The JSON of single questions: a contract, described in README.md. Each is one line with its
/// end. Dates are days ("2025-11-12"), null where open or unknown; values are decimals as text.

/// The statuses of a report's subjects. Errors: corrupt, io.
[[nodiscard]] Result<void> json_status(const Report& report, const Sink& sink);
/// `{"vantage": …, "subjects": [{"subject", "status", "certain", "possible", "since",
/// "becauseAt": [position…]}]}`.
[[nodiscard]] std::string json_board_from_index(const Vantage& vantage,
                                                const std::vector<BoardLine>& board);
[[nodiscard]] std::string json_explanation(const Vantage& vantage, const SubjectView& view,
                                           const Explanation& explanation);
/// Errors: corrupt, io.
[[nodiscard]] Result<void> json_diff(const Differences& differences, const Sink& sink);
/// `{"subject", "name", …}`: a plan as `status` tells it, with whose it is. Without an end of line.
[[nodiscard]] std::string json_plan(const SubjectView& view, const Plan& plan);
/// `{"vantage": …, "plans": [`: what comes before a list of these.
[[nodiscard]] std::string json_plans_head(const Vantage& vantage);
/// How a date is understood.
[[nodiscard]] std::string json_date(std::string_view text, const Edtf& date);

/// The marks of a report, subject by subject. Errors: corrupt, io.
[[nodiscard]] Result<void> json_timeline(const Report& report, const Sink& sink);

}  // namespace solnoma
