#include "projections/plans.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "projections/rows.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"pending", "met", "overdue", "dropped"};

std::optional<std::int64_t> days(Day from, Day to) {
  if (!is_calendar_day(from) || !is_calendar_day(to)) return std::nullopt;
  return to - from;
}

/// The row that fulfils `plan`, or none. Types that a newer program recorded share one
/// code, so that nothing can be said of them.
const Row* fulfilment(Rows rows, const Effective& effective, const Plan& plan, Day as_of) {
  if (plan.type == kUnknownType) return nullptr;
  const Row* best = nullptr;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (!effective.counts(i) || type_of_kind(row.kind()) != plan.type || is_planned(row.kind()))
      continue;
    if (row.latest > as_of || row.latest < plan.known || row.known <= plan.known) continue;
    if (best == nullptr ||
        std::tuple(row.latest, row.position()) < std::tuple(best->latest, best->position()))
      best = &row;
  }
  return best;
}

}  // namespace

std::string_view name(PlanState state) {
  return kNames[static_cast<std::size_t>(state)];
}

std::vector<Plan> plans(Rows rows, const Effective& effective, const Vantage& vantage) {
  std::vector<Plan> result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const TypeCode type = type_of_kind(row.kind());
    if (!is_planned(row.kind()) || type == kDescribed || type == kRetracted) continue;
    if (!effective.visible(i) || row.known > vantage.as_of) continue;
    Plan plan;
    plan.revision = revision_of(i);
    plan.type = type;
    plan.target = {row.earliest, row.latest};
    plan.known = row.known;
    if (!effective.counts(i)) {
      plan.dropped_by = effective.superseded_by[i];
      const Row& by = rows[index_of(plan.dropped_by)];
      if (type_of_kind(by.kind()) != kRetracted) continue;
      plan.state = PlanState::dropped;
    } else if (const Row* met = fulfilment(rows, effective, plan, vantage.as_of)) {
      plan.state = PlanState::met;
      plan.met_by = revision_of(static_cast<std::size_t>(met - rows.data()));
      plan.actual = {met->earliest, met->latest};
      plan.slippage = {days(row.latest, met->earliest), days(row.earliest, met->latest)};
    } else if (row.latest < vantage.as_of) {
      plan.state = PlanState::overdue;
    }
    result.push_back(plan);
  }

  std::ranges::stable_sort(result, {}, &Plan::known);          // then by position, as they stand
  std::map<TypeCode, std::pair<std::size_t, Revision>> first;  // order of the types, baseline
  for (Plan& plan : result) {
    const auto& [order, baseline] =
        first.try_emplace(plan.type, first.size(), plan.revision).first->second;
    plan.baseline = plan.type == kUnknownType ? plan.revision : baseline;
  }
  std::ranges::stable_sort(result, {}, [&](const Plan& p) { return first.at(p.type).first; });
  return result;
}

}  // namespace solnoma
