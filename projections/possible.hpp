#pragma once

#include <set>
#include <utility>
#include <vector>

#include "projections/park_state.hpp"
#include "projections/steps.hpp"
#include "projections/worlds.hpp"

namespace solnoma {

struct PossibleStatuses {
  StatusSet statuses;  ///< never lacks one that a world has: what is called certain is
  bool exact = true;   ///< each of them has a world; otherwise some may have none

  bool operator==(const PossibleStatuses&) const = default;
};

/// The statuses of all worlds (valid-time indeterminacy: Dyreson & Snodgrass, ACM TODS
/// 23(1), 1998). A world gives each step one day within its bounds; its status as of a
/// day folds the steps of up to that day in the order of day, then position. Pure.
///
/// Exact, and linear where nothing but raises happened. Where overriding steps
/// (suspended, cancelled, …) overlap other vague ones, it walks the days on which
/// something can change and keeps every reachable pair of state and steps already taken
/// (worlds.hpp): exponential in the number of vague steps that overlap at one time and are not
/// alike. Beyond the limits it encloses the answer, between worlds that are too many and worlds
/// that are too few; where both give the same, the answer is exact all the same.
[[nodiscard]] PossibleStatuses possible_statuses(const std::vector<Step>& steps, Day as_of,
                                                 const WorldLimits& limits = {});

/// At least the statuses of all worlds, by what may have happened alone, whenever: linear. Exact
/// only where that is one status. Pure.
[[nodiscard]] PossibleStatuses enclosed_statuses(const std::vector<Step>& steps, Day as_of);

/// What steps do: each once.
using StepKinds = std::set<std::pair<Effect, Stage>>;

/// The same, of the kinds of steps that may have happened. `reached`: the stage that all worlds
/// have. A few hundred operations, however many steps there are. Pure.
[[nodiscard]] StatusSet enclosed_statuses(const StepKinds& begun, Stage reached);

}  // namespace solnoma
