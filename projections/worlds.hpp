#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "projections/park_state.hpp"
#include "projections/steps.hpp"

namespace solnoma {

/// The worlds that a walk takes in.
enum class Worlds {
  all,        ///< every one, and no other
  any_order,  ///< also such as break the order of positions on a day: steps that are alike are one
  any_times,  ///< also such as take a vague step never, or several times: the fewest to keep
};

/// Where a walk gives up.
struct WorldLimits {
  std::size_t worlds = 1 << 14;  ///< kept at one time
  std::size_t work = 1 << 15;    ///< worlds seen in one group of windows that overlap: some 5 ms
  std::size_t* seen = nullptr;   ///< if given, gets all worlds seen added: what the walk cost
};

/// The bits that a world has to remember which vague steps were taken: one for a step, three for
/// seven that are alike.
inline constexpr std::size_t kWorldBits = 256;

/// The statuses, as of a day, of those worlds: exactly those (all), or at least those (any_order,
/// any_times) that some world has. None where a limit was met. Pure.
[[nodiscard]] std::optional<StatusSet> statuses_of_worlds(const std::vector<Step>& steps, Day as_of,
                                                          Worlds which, const WorldLimits& limits);

/// The statuses of so many worlds, drawn at random, but the same ones each time. Pure;
/// `times` n log n.
[[nodiscard]] StatusSet statuses_of_some_worlds(const std::vector<Step>& steps, Day as_of,
                                                std::size_t times);

}  // namespace solnoma
