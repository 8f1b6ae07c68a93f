#pragma once

#include <algorithm>
#include <vector>

namespace solnoma {

/// Sorts, and keeps each value once.
template <class T>
void sort_unique(std::vector<T>& values) {
  std::ranges::sort(values);
  const auto rest = std::ranges::unique(values);
  values.erase(rest.begin(), rest.end());
}

}  // namespace solnoma
