#include "projections/diff.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "projections/rows.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"became-known", "happened", "corrected",
                                                    "reinstated",   "unknown",  "not-happened"};

/// A plan is there from the day on which it became known.
bool seen(const Row& row, std::size_t i, const Effective& effective, const Vantage& vantage) {
  return effective.visible(i) && (!is_planned(row.kind()) || row.known <= vantage.as_of);
}

bool had_happened(const Row& row, const Vantage& vantage) {
  return !is_planned(row.kind()) && row.latest <= vantage.as_of;
}

std::optional<Change> change_of(const Row& row, std::size_t i, const Effective& before,
                                const Effective& after, const Vantage& from, const Vantage& to) {
  const bool seen_before = seen(row, i, before, from);
  const bool seen_after = seen(row, i, after, to);
  if (!seen_before && !seen_after) return std::nullopt;
  if (!seen_before) return Change::became_known;
  if (!seen_after) return Change::unknown;
  if (before.stands(i) && !after.stands(i)) return Change::corrected;
  if (!before.stands(i) && after.stands(i)) return Change::reinstated;
  if (!after.counts(i)) return std::nullopt;
  if (!had_happened(row, from) && had_happened(row, to)) return Change::happened;
  if (had_happened(row, from) && !had_happened(row, to)) return Change::not_happened;
  return std::nullopt;
}

}  // namespace

std::string_view name(Change change) {
  return kNames[static_cast<std::size_t>(change)];
}

SubjectDiff diff(Rows rows, const PlanKeys& keys, const Vantage& from, const Vantage& to) {
  const Effective before = effective(rows, from);
  const Effective after = effective(rows, to);
  SubjectDiff result;
  result.before = status(steps(rows, before), from.as_of);
  result.after = status(steps(rows, after), to.as_of);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (const auto change = change_of(rows[i], i, before, after, from, to))
      result.events.push_back(
          {revision_of(i), *change,
           *change == Change::corrected ? after.superseded_by[i] : Revision{0}});

  const std::vector<Plan> plans_before = plans(rows, keys, before, from);
  for (const Plan& plan : plans(rows, keys, after, to)) {
    const auto same = std::ranges::find(plans_before, plan.revision, &Plan::revision);
    if (same != plans_before.end() && same->state != plan.state)
      result.plans.push_back({plan, same->state});
  }
  return result;
}

}  // namespace solnoma
