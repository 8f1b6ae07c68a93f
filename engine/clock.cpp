#include "engine/clock.hpp"

#include <fmt/format.h>

namespace solnoma {

Day day_of(Instant instant) {
  return Day{static_cast<std::int32_t>(
      std::chrono::floor<std::chrono::days>(instant).time_since_epoch().count())};
}

std::string to_string(Instant instant) {
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - midnight};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", to_string(day_of(instant)),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

}  // namespace solnoma
