#pragma once

#include <array>
#include <bitset>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "events/event_type.hpp"

namespace solnoma {

/// A park's status: its stage, or what covers it.
enum class Status : std::uint8_t {
  unrecorded,
  announced,
  agreed,
  under_construction,
  completed,
  operating,
  suspended,
  cancelled,
  retired,
};
inline constexpr std::size_t kStatuses = 9;

/// "under-construction": the name in every output and in the exchange of data.
[[nodiscard]] constexpr std::string_view name(Status status) {
  constexpr std::array<std::string_view, kStatuses> kNames = {
      "unrecorded", "announced", "agreed", "under-construction", "completed", "operating",
      "suspended",  "cancelled", "retired"};
  return kNames[static_cast<std::size_t>(status)];
}

using StatusSet = std::bitset<kStatuses>;

/// The set of this one status.
[[nodiscard]] inline StatusSet only(Status status) {
  return StatusSet().set(static_cast<std::size_t>(status));
}

/// How many subjects have each status; by number of the status.
using StatusCounts = std::array<std::uint32_t, kStatuses>;

/// The state that the events of one park fold into, one after the other.
struct ParkState {
  enum class Cover : std::uint8_t { none, suspended, cancelled, retired };

  Stage stage = Stage::unrecorded;
  Cover cover = Cover::none;

  [[nodiscard]] constexpr bool ended() const {
    return cover == Cover::cancelled || cover == Cover::retired;
  }
  [[nodiscard]] constexpr Status status() const {
    switch (cover) {
      case Cover::none:
        return static_cast<Status>(stage);
      case Cover::suspended:
        return Status::suspended;
      case Cover::cancelled:
        return Status::cancelled;
      case Cover::retired:
        return Status::retired;
    }
    return Status::unrecorded;
  }
  auto operator<=>(const ParkState&) const = default;
};
static_assert(static_cast<int>(Status::operating) == static_cast<int>(Stage::operating));

/// Number of stages, `unrecorded` included, and of covers, `none` included.
inline constexpr std::size_t kStages = static_cast<std::size_t>(Stage::operating) + 1;
inline constexpr std::size_t kCovers = static_cast<std::size_t>(ParkState::Cover::retired) + 1;

/// The status rules, whole. A raise never lowers the stage, and lifts a suspension only
/// where it raises. An ended park takes nothing but `reinstate`. Pure.
[[nodiscard]] constexpr ParkState apply(ParkState state, Effect effect, Stage stage) {
  using Cover = ParkState::Cover;
  if (state.ended()) {
    if (effect == Effect::reinstate) state.cover = Cover::none;
    return state;
  }
  switch (effect) {
    case Effect::raise:
      if (stage > state.stage) state = {stage, Cover::none};
      break;
    case Effect::suspend:
      state.cover = Cover::suspended;
      break;
    case Effect::resume:
      state.cover = Cover::none;
      break;
    case Effect::cancel:
      state.cover = Cover::cancelled;
      break;
    case Effect::retire:
      state.cover = Cover::retired;
      break;
    case Effect::none:
    case Effect::reinstate:
      break;
  }
  return state;
}

}  // namespace solnoma
