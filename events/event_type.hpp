#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace solnoma {

/// How far a park has come. The order is the order of progress.
enum class Stage : std::uint8_t {
  unrecorded,
  announced,
  agreed,
  under_construction,
  completed,
  operating,
};

/// What an actual event of a type does to a park's status.
enum class Effect : std::uint8_t {
  none,
  raise,      ///< lifts the stage to at least its own
  suspend,    ///< covers the stage and remembers it
  resume,     ///< uncovers it
  cancel,     ///< ends the park
  retire,     ///< ends the park
  reinstate,  ///< reopens an ended park at the stage it had
};

struct EventType {
  std::string_view name;
  Effect effect = Effect::none;
  Stage stage = Stage::unrecorded;  ///< for `raise`
  bool once = false;                ///< happens once to a subject, or to a part of one
};
inline constexpr bool kOnce = true;

/// Every type. A new type is one row, at the end: the number of a row is
/// its code in the timeline index.
inline constexpr auto kEventTypes = std::to_array<EventType>({
    {"described", Effect::none},
    {"announced", Effect::raise, Stage::announced, kOnce},
    {"agreement-signed", Effect::raise, Stage::agreed, kOnce},
    {"construction-started", Effect::raise, Stage::under_construction, kOnce},
    {"building-completed", Effect::raise, Stage::under_construction},
    {"utilities-connected", Effect::raise, Stage::under_construction},
    {"landscaped", Effect::raise, Stage::under_construction},
    {"construction-completed", Effect::raise, Stage::completed, kOnce},
    {"production-started", Effect::raise, Stage::operating, kOnce},
    {"opened", Effect::raise, Stage::operating, kOnce},
    {"suspended", Effect::suspend},
    {"resumed", Effect::resume},
    {"cancelled", Effect::cancel},
    {"retired", Effect::retire},
    {"reinstated", Effect::reinstate},
    {"residents-reported", Effect::raise, Stage::announced},
    {"investment-reported", Effect::raise, Stage::announced},
    {"operator-engaged", Effect::raise, Stage::announced},
    {"meeting-held", Effect::raise, Stage::announced},
    {"visited", Effect::raise, Stage::announced},
    {"exhibition-held", Effect::none},
    {"indicator-reported", Effect::none},
    {"retracted", Effect::none},
    {"delisted", Effect::none},  // a source no longer lists the subject
    {"imported", Effect::none},  // of a dataset: what was imported
});

/// A type's number in the table. kUnknownType: one that a newer program recorded.
using TypeCode = std::uint8_t;
inline constexpr TypeCode kUnknownType = 63;
static_assert(kEventTypes.size() <= kUnknownType);

[[nodiscard]] constexpr TypeCode type_code(std::string_view name) {
  for (std::size_t i = 0; i < kEventTypes.size(); ++i)
    if (kEventTypes[i].name == name) return static_cast<TypeCode>(i);
  return kUnknownType;
}

[[nodiscard]] constexpr EventType event_type(TypeCode code) {
  return code < kEventTypes.size() ? kEventTypes[code] : EventType{"unknown"};
}

/// The kind of an index row: the type, whether it is a plan, and whether the event has
/// quantities, so that it need not be read for them.
[[nodiscard]] constexpr std::uint8_t row_kind(TypeCode type, bool planned, bool measured = false) {
  return static_cast<std::uint8_t>(static_cast<int>(measured) << 7 | type << 1 |
                                   static_cast<int>(planned));
}
[[nodiscard]] constexpr TypeCode type_of_kind(std::uint8_t kind) {
  return kind >> 1 & 0x3F;
}
[[nodiscard]] constexpr bool is_planned(std::uint8_t kind) {
  return (kind & 1) != 0;
}
[[nodiscard]] constexpr bool is_measured(std::uint8_t kind) {
  return (kind & 0x80) != 0;
}

inline constexpr TypeCode kDescribed = type_code("described");
inline constexpr TypeCode kRetracted = type_code("retracted");
inline constexpr TypeCode kDelisted = type_code("delisted");
inline constexpr TypeCode kImported = type_code("imported");

}  // namespace solnoma
