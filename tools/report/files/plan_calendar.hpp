#pragma once

#include <vector>

#include "projections/plans.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The plans of a report's subjects as a calendar to subscribe to. A plan and the later ones that
/// took its place are one entry, which moves: it lies where the newest of them says, and when that
/// is met, where it happened. What is met is CONFIRMED; what was dropped, has lapsed, or has no
/// date any more is CANCELLED; the others are TENTATIVE. What never had a date is no entry.
/// Plans are chosen by the newest of an entry: of `states`, and of the types and within the period
/// that the selection asks for. Errors: corrupt, io.
[[nodiscard]] Result<void> write_plan_calendar(const Report& report,
                                               const std::vector<PlanState>& states,
                                               const Sink& sink);

}  // namespace solnoma
