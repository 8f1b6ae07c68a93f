#include <algorithm>
#include <cstdint>
#include <tuple>

#include "projections/worlds.hpp"

namespace solnoma {
namespace {

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): the same numbers each time.
class Numbers {
 public:
  /// Evenly spread over 0 to `most`, nearly.
  std::uint64_t up_to(std::uint64_t most) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27U) * 0x94D049BB133111EB;
    return (z ^ z >> 31U) % (most + 1);
  }

 private:
  std::uint64_t state_ = 0;
};

/// On which day of its window a step happens; `at_ends`: often the first or the last, on which most
/// depends.
std::int64_t some_day(const Step& step, bool at_ends, Numbers& numbers) {
  const std::int64_t first = step.earliest.number;
  const std::int64_t last = step.latest.number;
  const std::uint64_t end = at_ends ? numbers.up_to(3) : 2;
  if (end < 2) return end == 0 ? first : last;
  return first + static_cast<std::int64_t>(numbers.up_to(static_cast<std::uint64_t>(last - first)));
}

}  // namespace

StatusSet statuses_of_some_worlds(const std::vector<Step>& steps, Day as_of, std::size_t times) {
  struct Happening {
    std::int64_t day;
    const Step* step;
  };
  Numbers numbers;
  std::vector<Happening> world;
  StatusSet statuses;
  for (std::size_t n = 0; n < times; ++n) {
    world.clear();
    for (const Step& step : steps)
      if (const auto day = some_day(step, n % 2 == 1, numbers); day <= as_of.number)
        world.push_back({day, &step});
    std::ranges::sort(world, {},
                      [](const Happening& h) { return std::tuple(h.day, h.step->position); });
    ParkState state;
    for (const Happening& h : world) state = apply(state, h.step->effect, h.step->stage);
    statuses.set(static_cast<std::size_t>(state.status()));
  }
  return statuses;
}

}  // namespace solnoma
