#include "projections/plans.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/check.hpp"
#include "projections/plan_meeting.hpp"
#include "projections/rows.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, kPlanStates> kPlanStateNames = {
    "pending", "met", "overdue", "dropped", "moved", "lapsed"};

std::optional<std::int64_t> days(Day from, Day to) {
  if (!is_calendar_day(from) || !is_calendar_day(to)) return std::nullopt;
  return to - from;
}

Slippage days(Bounds from, Bounds to) {
  return {days(from.latest, to.earliest), days(from.earliest, to.latest)};
}

/// From one target to another. The same words twice, however vague, mean the same day.
Slippage days_moved(Bounds from, Bounds to) {
  const Slippage apart = days(from, to);
  return from == to && apart.least && apart.most ? Slippage{0, 0} : apart;
}

/// By row, the newest retraction that holds and withdraws it; 0: none.
std::vector<Revision> withdrawals(Rows rows, const Effective& effective) {
  std::vector<Revision> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (effective.standing[i] == Standing::retraction && rows[i].supersedes != 0)
      result[rows[i].supersedes - 1] = revision_of(i);
  return result;
}

/// Whether a row that does not count had replaced one that is seen: one event, told twice.
bool replaced_any(Rows rows, const Effective& effective, std::size_t row) {
  while (rows[row].supersedes != 0) {
    row = rows[row].supersedes - std::size_t{1};
    if (effective.visible(row) && !is_retraction(rows[row])) return true;
  }
  return false;
}

/// Days on which the subject ended and was reopened, in turn.
std::vector<Day> turns_of(Rows rows, const Effective& effective) {
  std::vector<std::size_t> deeds;
  const auto effect = [&](std::size_t i) {
    return event_type(type_of_kind(rows[i].kind())).effect;
  };
  const auto ends = [&](std::size_t i) {
    return effect(i) == Effect::cancel || effect(i) == Effect::retire;
  };
  for (const std::size_t i : happened(rows, effective, kOpenFuture)) {
    const bool ended = deeds.size() % 2 != 0;
    if (ended ? effect(i) == Effect::reinstate : ends(i)) deeds.push_back(i);
  }
  std::vector<Day> days;
  for (const std::size_t i : deeds) days.push_back(rows[i].latest);
  return days;
}

}  // namespace

std::string_view name(PlanState state) {
  return kPlanStateNames[static_cast<std::size_t>(state)];
}

KnownPlans::KnownPlans(Rows rows, const PlanKeys& keys, const Effective& effective) {
  std::vector<std::size_t> planned;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const TypeCode type = type_of_kind(rows[i].kind());
    if (is_planned(rows[i].kind()) && type != kDescribed && type != kRetracted &&
        effective.visible(i))
      planned.push_back(i);
  }
  if (planned.empty()) return;
  SOLNOMA_CHECK(keys.keys.size() >= rows.size());
  turns_ = turns_of(rows, effective);
  const std::vector<Revision> met_by = meetings(rows, keys, effective);
  const std::vector<Revision> withdrawn_by = withdrawals(rows, effective);

  for (const std::size_t i : planned) {
    const Row& row = rows[i];
    Plan plan;
    plan.revision = revision_of(i);
    plan.type = type_of_kind(row.kind());
    plan.target = {row.earliest, row.latest};
    plan.known = row.known;
    if (!effective.counts(i)) {
      plan.dropped_by = withdrawn_by[i];
      if (plan.dropped_by.value == 0 || replaced_any(rows, effective, i)) continue;
      plan.state = PlanState::dropped;
    } else if (met_by[i].value != 0) {
      const Row& actual = rows[index_of(met_by[i])];
      plan.state = PlanState::met;
      plan.met_by = met_by[i];
      plan.actual = {actual.earliest, actual.latest};
      plan.slippage = days(plan.target, plan.actual);
    }
    plans_.push_back(plan);
  }

  std::ranges::stable_sort(plans_, {}, &Plan::known);  // then by position, as they stand
  struct First {
    std::size_t order;
    Revision baseline;
  };
  std::map<std::uint32_t, First> first;  // by key
  const auto key = [&](const Plan& plan) { return keys.keys[index_of(plan.revision)]; };
  for (Plan& plan : plans_)
    plan.baseline =
        first.try_emplace(key(plan), First{first.size(), plan.revision}).first->second.baseline;
  std::ranges::stable_sort(plans_, {}, [&](const Plan& plan) { return first.at(key(plan)).order; });
}

std::vector<Plan> KnownPlans::as_of(Day day) const {
  const auto turned = std::ranges::upper_bound(turns_, day) - turns_.begin();
  const bool ended = turned % 2 != 0;
  std::vector<Plan> result;
  for (auto begin = plans_.begin(); begin != plans_.end();) {
    const Plan& baseline = *begin;
    const auto next_key = std::find_if(
        begin, plans_.end(), [&](const Plan& plan) { return plan.baseline != baseline.baseline; });
    const auto end = std::find_if(begin, next_key, [&](const Plan& p) { return p.known > day; });
    auto newest = end;  // that stands
    while (newest != begin && std::prev(newest)->state == PlanState::dropped) --newest;
    if (newest != begin) --newest;
    for (auto it = begin; it != end; ++it) {
      Plan& plan = result.emplace_back(*it);
      if (plan.state == PlanState::dropped) continue;
      if (plan.state == PlanState::met && plan.actual.latest <= day) continue;
      plan.met_by = {};
      plan.actual = {};
      plan.slippage = {};
      plan.state = ended                      ? PlanState::lapsed
                   : plan.target.latest < day ? PlanState::overdue
                                              : PlanState::pending;
      if (it >= newest) continue;
      plan.state = PlanState::moved;
      plan.moved_to = newest->revision;
      plan.moved_by = days_moved(baseline.target, newest->target);
    }
    begin = next_key;
  }
  return result;
}

std::vector<Day> KnownPlans::days_of_change() const {
  std::vector<Day> days = turns_;
  for (const Plan& plan : plans_) {
    days.push_back(plan.known);
    if (is_calendar_day(plan.target.latest)) days.push_back(Day{plan.target.latest.number + 1});
    if (plan.met_by.value != 0) days.push_back(plan.actual.latest);
  }
  return days;
}

std::vector<Plan> plans(Rows rows, const PlanKeys& keys, const Effective& effective,
                        const Vantage& vantage) {
  return KnownPlans(rows, keys, effective).as_of(vantage.as_of);
}

}  // namespace solnoma
