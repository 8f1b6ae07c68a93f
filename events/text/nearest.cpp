#include "events/text/nearest.hpp"

#include <edlib.h>

#include <algorithm>

namespace solnoma {

std::optional<std::string> nearest(std::string_view typed,
                                   std::span<const std::string_view> names) {
  constexpr std::size_t kLongest = 200;  // nobody mistypes more than a name
  if (typed.empty() || typed.size() > kLongest) return std::nullopt;
  std::optional<std::string> best;
  // A third of it may be wrong, or two letters that changed places; never every letter.
  int best_distance =
      static_cast<int>(std::min(std::max<std::size_t>(2, typed.size() / 3), typed.size() - 1));
  for (const std::string_view name : names) {
    const auto config =
        edlibNewAlignConfig(best_distance, EDLIB_MODE_NW, EDLIB_TASK_DISTANCE, nullptr, 0);
    const EdlibAlignResult result = edlibAlign(typed.data(), static_cast<int>(typed.size()),
                                               name.data(), static_cast<int>(name.size()), config);
    const int distance = result.editDistance;  // -1: farther than asked
    edlibFreeAlignResult(result);
    if (distance >= 0 && (distance < best_distance || (!best && distance == best_distance))) {
      best = std::string(name);
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace solnoma
