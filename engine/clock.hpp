#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "engine/day.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// A UTC instant, to the microsecond.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Where the time comes from. Only the programs hand in the real one.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() = 0;
};

/// RFC 3339 in UTC: "2025-11-12T09:30:00.000000Z".
[[nodiscard]] std::string to_string(Instant instant);

/// Reads "2025-11-12T09:30:00.123456Z": at most six digits of a fraction, and Z or an offset as
/// in +05:00; without one it is UTC. What is left out of the fraction is zero.
/// Errors: invalid, naming what is wrong with the text.
[[nodiscard]] Result<Instant> instant_from_text(std::string_view text);

/// The UTC day of an instant.
[[nodiscard]] Day day_of(Instant instant);

}  // namespace solnoma
