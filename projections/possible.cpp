#include "projections/possible.hpp"

#include <algorithm>

#include "projections/raises.hpp"

namespace solnoma {

PossibleStatuses possible_statuses(const std::vector<Step>& steps, Day as_of,
                                   const WorldLimits& limits) {
  const bool only_raises =
      std::ranges::all_of(steps, [](const Step& s) { return is_raise(s.effect); });
  if (only_raises) return {statuses_of_raises(steps, as_of)};

  const auto of = [&](Worlds which) { return statuses_of_worlds(steps, as_of, which, limits); };
  // There is a world, so what holds its status and only one status is the answer.
  const auto rough = of(Worlds::any_times);
  if (rough && rough->count() == 1) return {*rough};
  if (const auto all = of(Worlds::all)) return {*all};

  StatusSet most = rough.value_or(StatusSet().set());
  if (const auto closer = of(Worlds::any_order)) most &= *closer;
  if (most.count() == 1) return {most};
  const std::size_t times = std::clamp<std::size_t>(limits.work / steps.size(), 8, 256);
  return {most, statuses_of_some_worlds(steps, as_of, times) == most};
}

PossibleStatuses enclosed_statuses(const std::vector<Step>& steps, Day as_of) {
  if (std::ranges::all_of(steps, [](const Step& s) { return is_raise(s.effect); }))
    return {statuses_of_raises(steps, as_of)};
  StepKinds begun;
  for (const Step& step : steps)
    if (step.earliest <= as_of) begun.emplace(step.effect, step.stage);
  const StatusSet statuses = enclosed_statuses(begun, AssuredStages(steps).as_of(as_of));
  return {statuses, statuses.count() == 1};
}

StatusSet enclosed_statuses(const StepKinds& begun, Stage reached) {
  // Every world ends in a state that some of what has begun leads to, in some order.
  std::set<ParkState> states{ParkState{}};
  for (std::size_t before = 0; before != states.size();) {
    before = states.size();
    for (const ParkState& state : std::set(states))
      for (const auto& [effect, stage] : begun) states.insert(apply(state, effect, stage));
  }
  StatusSet statuses;
  for (const ParkState& state : states)
    if (state.stage >= reached) statuses.set(static_cast<std::size_t>(state.status()));
  return statuses;
}

}  // namespace solnoma
