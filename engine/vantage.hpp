#pragma once

#include "engine/day.hpp"
#include "engine/position.hpp"

namespace solnoma {

/// The point on three time axes from which a question is asked.
struct Vantage {
  Day as_of = kOpenFuture;     ///< valid time: what had happened by the end of this day
  Day known_by = kOpenFuture;  ///< decision time: what was published by then
  Position at = kNewest;       ///< system time: what the log held at this position

  bool operator==(const Vantage&) const = default;
};

/// True where the event exists for this vantage, whether or not it had happened yet.
[[nodiscard]] constexpr bool is_visible(Day known, Position position, const Vantage& vantage) {
  return known <= vantage.known_by && position <= vantage.at;
}

}  // namespace solnoma
