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

}  // namespace solnoma
