#pragma once

#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// The years that one year of an EDTF text can mean, both included.
struct EdtfYears {
  int first = 0;
  int last = 0;
};

/// True for a year that is written by value rather than digit by digit: `Y170000002`,
/// `Y-17E7`, `1950S2`. The text may still be malformed.
[[nodiscard]] constexpr bool is_scaled_year(std::string_view year) {
  return year.starts_with('Y') || year.contains('S');
}

/// Reads a year with a prefix `Y`, an exponent `E` or a count of significant digits `S`.
///
/// - `Y` without exponent is for years of more than four digits only, as the
///   specification says; it sets no such limit for `Y17E2`, which is read as 1700.
/// - Leading zeros are not significant: 0950S2 covers 950 to 959.
/// - More significant digits than the year has add nothing: 1950S5 is 1950.
///
/// Errors: invalid, saying what is wrong with the year; never overflows.
[[nodiscard]] Result<EdtfYears> read_scaled_year(std::string_view year);

}  // namespace solnoma
