#include "projections/diff.hpp"

#include <algorithm>

namespace solnoma {

SubjectDiff diff(Rows rows, const PlanKeys& keys, const Vantage& from, const Vantage& to) {
  const Effective before = effective(rows, from);
  const Effective after = effective(rows, to);
  SubjectDiff result;
  result.before = status(steps(rows, before), from.as_of);
  result.after = status(steps(rows, after), to.as_of);
  result.events = event_changes(rows, {from.as_of, before}, {to.as_of, after});

  const std::vector<Plan> plans_before = plans(rows, keys, before, from);
  for (const Plan& plan : plans(rows, keys, after, to)) {
    const auto same = std::ranges::find(plans_before, plan.revision, &Plan::revision);
    if (same != plans_before.end() && same->state != plan.state)
      result.plans.push_back({plan, same->state});
  }
  return result;
}

}  // namespace solnoma
