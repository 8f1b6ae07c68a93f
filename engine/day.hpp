#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// One day of the proleptic Gregorian calendar, years -9999 to 9999.
/// A plain value; comparison is chronological.
struct Day {
  std::int32_t number = 0;  ///< days since 1970-01-01

  auto operator<=>(const Day&) const = default;

  /// Days from `other` to this one.
  [[nodiscard]] constexpr std::int64_t operator-(Day other) const {
    return std::int64_t{number} - other.number;
  }
};

/// Before and after every day that can be named: the ends of open intervals.
inline constexpr Day kOpenPast{INT32_MIN};
inline constexpr Day kOpenFuture{INT32_MAX};

/// True for a day that a calendar has, false for the two open ends.
[[nodiscard]] constexpr bool is_calendar_day(Day day) {
  return day != kOpenPast && day != kOpenFuture;
}

/// The earliest and the latest day, both included.
struct Bounds {
  Day earliest = kOpenPast;
  Day latest = kOpenFuture;

  bool operator==(const Bounds&) const = default;
};

/// Year -9999…9999. Errors: invalid when the calendar has no such day.
[[nodiscard]] Result<Day> day_from_civil(int year, unsigned month, unsigned day);

/// "2022-03-31" (or "-0044-03-15"). Precondition: is_calendar_day(day).
[[nodiscard]] std::string to_string(Day day);

/// Reads exactly YYYY-MM-DD, with an optional leading minus.
/// Errors: invalid, naming what is wrong with the text.
[[nodiscard]] Result<Day> day_from_text(std::string_view text);

}  // namespace solnoma
