#pragma once

#include <array>

#include "projections/status.hpp"

namespace solnoma {

/// The rules of apply() as a table, for folds over millions of rows: a state and a step
/// each as a small number.

/// What a step does: 0 nothing, 1 to 5 raise to that stage, then the other effects.
using Move = std::uint8_t;
inline constexpr std::size_t kMoves = 11;

/// A ParkState.
using StateNumber = std::uint8_t;
inline constexpr std::size_t kStates = 24;

[[nodiscard]] constexpr Move move_of(Effect effect, Stage stage) {
  if (effect == Effect::none) return 0;
  if (effect == Effect::raise) return static_cast<Move>(stage);
  return static_cast<Move>(static_cast<int>(Stage::operating) + static_cast<int>(effect) -
                           static_cast<int>(Effect::raise));
}
[[nodiscard]] constexpr bool is_raise(Move move) {
  return move <= static_cast<Move>(Stage::operating);
}
[[nodiscard]] constexpr Effect effect_of(Move move) {
  if (move == 0) return Effect::none;
  if (is_raise(move)) return Effect::raise;
  return static_cast<Effect>(move - static_cast<int>(Stage::operating) +
                             static_cast<int>(Effect::raise));
}
[[nodiscard]] constexpr Stage stage_of(Move move) {
  return is_raise(move) ? static_cast<Stage>(move) : Stage::unrecorded;
}
static_assert(move_of(Effect::reinstate, Stage::unrecorded) == kMoves - 1);

[[nodiscard]] constexpr StateNumber number_of(ParkState state) {
  return static_cast<StateNumber>(static_cast<int>(state.cover) * 6 +
                                  static_cast<int>(state.stage));
}
[[nodiscard]] constexpr ParkState state_of(StateNumber number) {
  return {static_cast<Stage>(number % 6), static_cast<ParkState::Cover>(number / 6)};
}
static_assert(number_of(ParkState{}) == 0);

/// By move, then state. Rows of 32, so that an index is a shift.
inline constexpr auto kNextState = [] {
  std::array<std::array<StateNumber, 32>, kMoves> next{};
  for (Move move = 0; move < kMoves; ++move)
    for (StateNumber state = 0; state < kStates; ++state)
      next[move][state] = number_of(apply(state_of(state), effect_of(move), stage_of(move)));
  return next;
}();

inline constexpr auto kStatusOf = [] {
  std::array<Status, kStates> status{};
  for (StateNumber state = 0; state < kStates; ++state) status[state] = state_of(state).status();
  return status;
}();

}  // namespace solnoma
