#include <algorithm>
#include <string_view>
#include <tuple>

#include "events/event_type.hpp"
#include "tests/oracle/oracle.hpp"

namespace solnoma::oracle {
namespace {

Revision revision_of(std::size_t row) {
  return Revision{static_cast<std::uint32_t>(row + 1)};
}

std::string_view type_of(const Row& row) {
  return event_type(type_of_kind(row.kind())).name;
}

/// "Certainly happened as of V": on its latest day at the latest.
bool happened(Rows rows, std::size_t row, const Vantage& vantage) {
  return effective(rows, row, vantage) && !is_planned(rows[row].kind()) &&
         rows[row].latest <= vantage.as_of;
}

/// The event that meets a plan: the first by latest day, then position.
const Row* met_by(Rows rows, const Row& plan, const Vantage& vantage) {
  const Row* best = nullptr;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (!happened(rows, i, vantage)) continue;
    if (type_of(row) != type_of(plan) || type_of(row) == "unknown") continue;
    if (row.latest < plan.known || row.known <= plan.known) continue;
    if (best == nullptr || row.latest < best->latest) best = &row;
  }
  return best;
}

/// "An interval of days (actual bounds minus target bounds)": least when the actual was
/// at its earliest and the target at its latest.
Slippage slippage_of(const Bounds& actual, const Bounds& target) {
  Slippage result;
  if (is_calendar_day(actual.earliest) && is_calendar_day(target.latest))
    result.least = actual.earliest - target.latest;
  if (is_calendar_day(actual.latest) && is_calendar_day(target.earliest))
    result.most = actual.latest - target.earliest;
  return result;
}

Plan plan_of(Rows rows, std::size_t row, const Vantage& vantage) {
  Plan plan;
  plan.revision = revision_of(row);
  plan.type = type_of_kind(rows[row].kind());
  plan.target = {rows[row].earliest, rows[row].latest};
  plan.known = rows[row].known;
  if (!effective(rows, row, vantage)) {
    plan.state = PlanState::dropped;
    plan.dropped_by = superseded_by(rows, row, vantage);
  } else if (const Row* actual = met_by(rows, rows[row], vantage)) {
    plan.state = PlanState::met;
    plan.met_by = revision_of(static_cast<std::size_t>(actual - rows.data()));
    plan.actual = {actual->earliest, actual->latest};
    plan.slippage = slippage_of(plan.actual, plan.target);
  } else if (rows[row].latest < vantage.as_of) {
    plan.state = PlanState::overdue;
  }
  return plan;
}

/// A plan that was known by V, and is one still or was retracted. One that is replaced is none:
/// one version of it counts.
bool is_plan(Rows rows, std::size_t row, const Vantage& vantage) {
  if (!states_a_plan(rows[row]) || !visible(rows, row, vantage) || rows[row].known > vantage.as_of)
    return false;
  const Revision by = superseded_by(rows, row, vantage);
  return by.value == 0 || type_of(rows[by.value - 1]) == "retracted";
}

}  // namespace

std::vector<Plan> plans(Rows rows, const Vantage& vantage) {
  std::vector<Plan> all;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (is_plan(rows, i, vantage)) all.push_back(plan_of(rows, i, vantage));
  std::ranges::stable_sort(all, {}, &Plan::known);  // as they became known
  std::vector<Plan> result;
  for (const Plan& first : all) {
    if (std::ranges::find(result, first.type, &Plan::type) != result.end()) continue;
    for (Plan plan : all) {
      if (plan.type != first.type) continue;
      plan.baseline = plan.type == kUnknownType ? plan.revision : first.revision;
      result.push_back(plan);
    }
  }
  return result;
}

std::vector<TimelineMark> timeline(Rows rows, const Vantage& vantage, Bounds window) {
  std::vector<TimelineMark> marks;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (!effective(rows, i, vantage)) continue;
    if (type_of(row) == "described" || type_of(row) == "retracted") continue;
    if (row.latest < window.earliest || row.earliest > window.latest) continue;
    const bool plan = is_planned(row.kind());
    if ((plan ? row.known : row.earliest) > vantage.as_of) continue;
    marks.push_back({revision_of(i),
                     type_of_kind(row.kind()),
                     {row.earliest, row.latest},
                     row.known,
                     plan                          ? Happened::planned
                     : row.latest <= vantage.as_of ? Happened::certainly
                                                   : Happened::possibly});
  }
  std::ranges::stable_sort(marks, [](const TimelineMark& a, const TimelineMark& b) {
    return std::tuple(a.bounds == Bounds{}, a.bounds.latest, a.bounds.earliest) <
           std::tuple(b.bounds == Bounds{}, b.bounds.latest, b.bounds.earliest);
  });
  return marks;
}

}  // namespace solnoma::oracle
