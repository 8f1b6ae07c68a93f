#pragma once

#include <string>
#include <string_view>

#include "events/event.hpp"

namespace solnoma {

/// When something became known, as a source says it: a day, or where it says no more, a month or
/// a year, whose last day counts.
struct Known {
  Day day;
  Precision precision = Precision::day;

  bool operator==(const Known&) const = default;
};

/// Reads "2024-02-02", "2024-02" or "2024". Errors: invalid.
[[nodiscard]] Result<Known> known_from_text(std::string_view text);

/// "2024-02": as known_from_text() reads it. Precondition: a day of the years -9999 to 9999.
[[nodiscard]] std::string to_string(const Known& known);

/// The first of its days: a month that has begun is known of, though its last day counts.
[[nodiscard]] Day first_day(const Known& known);

[[nodiscard]] inline Known known_of(const Event& event) {
  return {event.known, event.known_precision};
}

}  // namespace solnoma
