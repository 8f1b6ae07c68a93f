#pragma once

#include <string_view>
#include <vector>

#include "projections/plans.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/text/screen.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The formats of a list of plans.
[[nodiscard]] std::vector<std::string> plan_list_formats();

/// The plans of a report's subjects that are in one of `states`, of the types and within the period
/// that its selection asks for: by the last day of their targets, those without one at the end,
/// with `apart` under a head of their own. Precondition: `format` is one of plan_list_formats().
/// Memory: a line a plan. Errors: corrupt, io.
[[nodiscard]] Result<void> write_plans(const Report& report, const std::vector<PlanState>& states,
                                       bool apart, std::string_view format, const Sink& sink,
                                       const Screen& screen = {});

}  // namespace solnoma
