#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/places.hpp"

namespace solnoma {

/// Up to where places need not be kept, by what each machine has said of itself (Places::forget).
/// Whoever is 20,000 places behind is not waited for, where two others have what it lacks.
[[nodiscard]] inline PlaceNumber forgettable(std::vector<PlaceNumber> said) {
  constexpr std::uint64_t kMostWaitedFor = 20'000;
  std::ranges::sort(said);
  std::size_t first = 0;
  while (said.size() - first > 2 &&
         said[first].value + kMostWaitedFor < said[said.size() - 2].value)
    ++first;
  return said.empty() ? PlaceNumber{0} : said[first];
}

}  // namespace solnoma
