#pragma once

#include <array>
#include <optional>

namespace solnoma {

/// The part of a year that stands in place of a month, 21 to 41.
struct EdtfSeason {
  unsigned first_month;
  unsigned months;

  /// December to February: the last day lies in the next year.
  [[nodiscard]] constexpr bool ends_next_year() const { return first_month + months > 13; }
  /// 1 to 12, in the next year if ends_next_year().
  [[nodiscard]] constexpr unsigned last_month() const {
    return (first_month + months - 2) % 12 + 1;
  }
};

/// Nothing for a code that is not 21 to 41.
[[nodiscard]] constexpr std::optional<EdtfSeason> edtf_season(unsigned code) {
  constexpr std::array<EdtfSeason, 21> kSeasons{{
      {3, 3}, {6, 3},  {9, 3}, {12, 3},  // 21-24 without a place: read as northern
      {3, 3}, {6, 3},  {9, 3}, {12, 3},  // 25-28 northern spring to winter
      {9, 3}, {12, 3}, {3, 3}, {6, 3},   // 29-32 southern spring to winter
      {1, 3}, {4, 3},  {7, 3}, {10, 3},  // 33-36 quarters
      {1, 4}, {5, 4},  {9, 4},           // 37-39 four months each
      {1, 6}, {7, 6},                    // 40-41 halves
  }};
  if (code < 21 || code > 41) return std::nullopt;
  return kSeasons[code - 21];
}

/// The lowest level that has the code: 1 for 21-24, 2 above.
[[nodiscard]] constexpr int edtf_season_level(unsigned code) {
  return code <= 24 ? 1 : 2;
}

}  // namespace solnoma
