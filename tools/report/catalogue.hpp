#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "projections/park_state.hpp"

namespace solnoma {

/// How a status looks, wherever it is drawn: one row a status, in the order of Status. Pictures,
/// the page's style and its patterns are made from this table. The names are those of
/// projections/park_state.hpp, the words those of words/*.po.
///
/// Every colour but that of `unrecorded`, which says nothing, has a contrast of 3:1 or more to the
/// papers that it lies on; the pattern has the colour of the paper. Stages grow deeper with the
/// progress that they stand for. No two statuses differ by colour alone.
struct StatusLook {
  Status status;
  std::string_view light, dark;  ///< colours on a light and on a dark ground
  double width, height;          ///< of the pattern's tile
  std::string_view lines;        ///< drawn over the tile: data of a path; empty: a flat fill
  double stroke;                 ///< width of these lines
  std::string_view layers;       ///< the same pattern as layers of a CSS background
  std::string_view terminal;     ///< the parameters of ECMA-48's SGR for a text of it
};

inline constexpr std::array<StatusLook, kStatuses> kStatusLooks{{
    {Status::unrecorded, "#e4e1da", "#2b3038", 6, 6, "", 0, "", ""},
    {Status::announced, "#a3882a", "#a3976a", 5, 5, "M2.5 2.5h0", 2.5,
     "radial-gradient(circle, var(--pattern) 1.1px, transparent 1.5px) 0 0 / 5px 5px", "33"},
    {Status::agreed, "#4f8b4f", "#5d8f6e", 7, 7, "M0 7L7 0M-1 1L1-1M6 8L8 6", 1.2,
     "repeating-linear-gradient(-45deg, var(--pattern) 0 1.2px, transparent 1.2px 5px)", "32"},
    {Status::under_construction, "#1c7a78", "#3d9c9c", 6, 6, "M-1-1L7 7M-1 5L1 7M5-1L7 1", 2,
     "repeating-linear-gradient(45deg, var(--pattern) 0 2px, transparent 2px 4.2px)", "36"},
    {Status::completed, "#2a669e", "#5fa9d2", 8, 4, "M0 2H8", 1.2,
     "repeating-linear-gradient(0deg, var(--pattern) 0 1.3px, transparent 1.3px 4px)", "34"},
    {Status::operating, "#163b70", "#bcd8ff", 6, 6, "", 0, "", "1;34"},
    {Status::suspended, "#bf6a00", "#cf9433", 5, 8, "M1.5 0V8", 2,
     "repeating-linear-gradient(90deg, var(--pattern) 0 2px, transparent 2px 5px)", "35"},
    {Status::cancelled, "#6b6661", "#8f8b86", 5, 5, "M0 0L5 5M5 0L0 5", 1.2,
     "repeating-linear-gradient(45deg, var(--pattern) 0 1.1px, transparent 1.1px 4.5px), "
     "repeating-linear-gradient(-45deg, var(--pattern) 0 1.1px, transparent 1.1px 4.5px)",
     "2"},
    {Status::retired, "#8c867f", "#75716d", 7, 8, "M0 2H4M3.5 6H7M0 6H.5", 1.2,
     "linear-gradient(90deg, var(--pattern) 4px, transparent 4px) 0 1px / 7px 1.4px repeat-x, "
     "linear-gradient(90deg, var(--pattern) 4px, transparent 4px) 3px 7px / 7px 1.4px repeat-x, "
     "linear-gradient(90deg, var(--pattern) 4px, transparent 4px) 0 13px / 7px 1.4px repeat-x",
     "2"},
}};

/// The order in which charts pile statuses up: the furthest first, so that what stands firm is
/// told from below. Without `unrecorded`, which is not counted.
inline constexpr std::array<Status, kStatuses - 1> kFromTheGround{
    Status::operating, Status::completed, Status::under_construction,
    Status::agreed,    Status::announced, Status::suspended,
    Status::retired,   Status::cancelled};

/// The patterns of all statuses as elements of SVG, with the ids "ID-operating", in the colours
/// "var(--PREFIX-operating)". The style sheet around them gives `path` its stroke.
[[nodiscard]] std::string status_patterns(std::string_view id, std::string_view prefix);

}  // namespace solnoma
