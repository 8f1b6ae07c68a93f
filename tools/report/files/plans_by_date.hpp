#pragma once

#include <algorithm>
#include <iterator>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "projections/plans.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// What was made of a plan, and when that is to come.
template <class Made>
struct DatedPlan {
  Bounds target;
  Made made;

  [[nodiscard]] bool dated() const { return is_calendar_day(target.latest); }
};

/// What `make(view, plan)` makes of the plans of a report's subjects that are in one of `states`,
/// of the types and within the period that its selection asks for: by the last day of their
/// targets, those without one at the end; those of one subject in the order of their events. `make`
/// is called several at a time. Memory: what is made. Errors: corrupt, io.
template <class Make>
[[nodiscard]] auto plans_by_date(const Report& report, const std::vector<PlanState>& states,
                                 const Make& make) {
  using Made = std::invoke_result_t<const Make&, const SubjectView&, const Plan&>;
  using Plans = std::vector<DatedPlan<Made>>;
  Plans plans;
  auto ok = report.each(
      [&](const SubjectView& view) {
        Plans of_subject;
        for (const Plan& plan : view.plans)
          if (std::ranges::find(states, plan.state) != states.end() &&
              report.selection().takes(view.event(plan.revision).type, plan.target))
            of_subject.push_back({plan.target, make(view, plan)});
        return of_subject;
      },
      [&](Plans part) { std::ranges::move(part, std::back_inserter(plans)); }, Shown::status);
  if (!ok) return Result<Plans>(std::unexpected(ok.error()));
  std::ranges::stable_sort(plans, {}, [](const auto& each) {
    return std::tuple(!each.dated(), each.target.latest, each.target.earliest);
  });
  return Result<Plans>(std::move(plans));
}

}  // namespace solnoma
