#pragma once

#include <array>

#include "projections/park_state.hpp"

namespace solnoma {

/// The rules of apply() as a table, for folds over millions of rows: steps and states are small
/// numbers, and the state after a step is kNextState[step][state].

/// What a step does: 0 nothing, then a raise to each stage, then the other effects.
using StepCode = std::uint8_t;
inline constexpr std::size_t kStepCodes =
    kStages + static_cast<std::size_t>(Effect::reinstate) - static_cast<std::size_t>(Effect::raise);

/// A ParkState as a number: all stages under each cover.
using StateCode = std::uint8_t;
inline constexpr std::size_t kStates = kStages * kCovers;
static_assert(kStates <= 32, "rows of kNextState are that wide");

[[nodiscard]] constexpr StepCode step_code(Effect effect, Stage stage) {
  if (effect == Effect::none) return 0;
  if (effect == Effect::raise) return static_cast<StepCode>(stage);
  return static_cast<StepCode>(static_cast<int>(Stage::operating) + static_cast<int>(effect) -
                               static_cast<int>(Effect::raise));
}
[[nodiscard]] constexpr bool is_raise(StepCode code) {
  return code <= static_cast<StepCode>(Stage::operating);
}
[[nodiscard]] constexpr Effect effect_of(StepCode code) {
  if (code == 0) return Effect::none;
  if (is_raise(code)) return Effect::raise;
  return static_cast<Effect>(code - static_cast<int>(Stage::operating) +
                             static_cast<int>(Effect::raise));
}
[[nodiscard]] constexpr Stage stage_of(StepCode code) {
  return is_raise(code) ? static_cast<Stage>(code) : Stage::unrecorded;
}
static_assert(step_code(Effect::reinstate, Stage::unrecorded) == kStepCodes - 1);

[[nodiscard]] constexpr StateCode state_code(ParkState state) {
  return static_cast<StateCode>(static_cast<std::size_t>(state.cover) * kStages +
                                static_cast<std::size_t>(state.stage));
}
[[nodiscard]] constexpr ParkState state_of(StateCode code) {
  return {static_cast<Stage>(code % kStages), static_cast<ParkState::Cover>(code / kStages)};
}
static_assert(state_code(ParkState{}) == 0);

/// By step code, then state code. Rows are 32 wide, so that an index is a shift.
inline constexpr auto kNextState = [] {
  std::array<std::array<StateCode, 32>, kStepCodes> next{};
  for (StepCode code = 0; code < kStepCodes; ++code)
    for (StateCode state = 0; state < kStates; ++state)
      next[code][state] = state_code(apply(state_of(state), effect_of(code), stage_of(code)));
  return next;
}();

inline constexpr auto kStatusOf = [] {
  std::array<Status, kStates> status{};
  for (StateCode state = 0; state < kStates; ++state) status[state] = state_of(state).status();
  return status;
}();

}  // namespace solnoma
