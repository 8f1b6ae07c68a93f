#pragma once

#include <vector>

#include "projections/plans.hpp"
#include "tools/report/article/article.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The plans of a report that are in one of `states`, as plan_list.hpp chooses and orders them: a
/// part for those with a date, and one for those without; none where there are none. Errors:
/// corrupt, io.
[[nodiscard]] Result<std::vector<ArticlePart>> plan_parts(const Report& report,
                                                          const std::vector<PlanState>& states);

}  // namespace solnoma
