#include "tools/context.hpp"

#include <algorithm>

namespace solnoma {

Try<Day> Context::today() {
  if (given_today.empty()) return local_day(clock.now());
  auto day = day_from_text(given_today);
  if (!day) return usage("--today: " + day.error().what, day.error().remedy);
  return *day;
}

Try<Day> Context::today_anywhere() {
  constexpr std::chrono::hours kFarthestAhead{14};  // Kiribati
  auto today = this->today();
  if (!today || !given_today.empty()) return today;
  return std::max(*today, day_of(clock.now() + kFarthestAhead));
}

}  // namespace solnoma
