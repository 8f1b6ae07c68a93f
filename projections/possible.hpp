#pragma once

#include <vector>

#include "projections/park_state.hpp"
#include "projections/steps.hpp"

namespace solnoma {

/// The statuses of all worlds (valid-time indeterminacy: Dyreson & Snodgrass, ACM TODS
/// 23(1), 1998). A world gives each step one day within its bounds; its status as of a
/// day folds the steps of up to that day in the order of day, then position. Pure.
///
/// Exact, and linear where nothing but raises happened. Where overriding steps
/// (suspended, cancelled, …) overlap other vague ones, it walks the days on which
/// something can change and keeps every reachable pair of state and steps already taken:
/// exponential in the number of vague steps that overlap at one time, and exact, up to
/// kMostWorlds such pairs, kMostVague overlapping vague steps, and kMostWork pairs seen in one
/// group of windows that overlap, which takes some 5 ms. Beyond that the answer may hold a
/// status that no world has; it never lacks one, so what is called certain is.
[[nodiscard]] StatusSet possible_statuses(const std::vector<Step>& steps, Day as_of);

inline constexpr std::size_t kMostWorlds = 1 << 14;
inline constexpr std::size_t kMostVague = 256;
inline constexpr std::size_t kMostWork = 1 << 15;

}  // namespace solnoma
