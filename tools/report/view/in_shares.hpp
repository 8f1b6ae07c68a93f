#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "engine/base/parallel.hpp"
#include "engine/result.hpp"
#include "tools/report/view/parallel_in_order.hpp"

namespace solnoma {

/// Calls `work(first, count)` for shares of so many items, one for each thread, and gives the first
/// error in their order. `work` must be safe beside itself.
template <class Work>
[[nodiscard]] Result<void> in_shares(std::size_t items, const Work& work) {
  constexpr std::size_t kWorthAThread = 1'000;
  const std::size_t share = std::max(items / usual_threads() + 1, kWorthAThread);
  std::vector<Result<void>> done((items + share - 1) / share);
  parallel_for(done.size(), usual_threads(), [&](std::size_t i) {
    done[i] = work(i * share, std::min(share, items - i * share));
  });
  for (const auto& part : done)
    if (!part) return part;
  return {};
}

}  // namespace solnoma
