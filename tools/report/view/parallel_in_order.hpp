#pragma once

#include <algorithm>
#include <deque>
#include <future>
#include <span>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/base/parallel.hpp"

namespace solnoma {

/// How many threads share the work of one command.
[[nodiscard]] inline std::size_t usual_threads() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
}

/// Calls `make(item)` for all items, several at a time, and `take(part)` with what each made,
/// in the order of the items and in this thread. `make` must be pure. Few parts wait at a time.
template <class Item, class Make, class Take>
void side_by_side(std::span<Item> items, const Make& make, const Take& take) {
  using Parts = std::vector<std::invoke_result_t<const Make&, Item&>>;
  constexpr std::size_t kSlice = 32;
  std::deque<std::future<Parts>> waiting;
  const auto take_first = [&] {
    for (auto& part : waiting.front().get()) take(std::move(part));
    waiting.pop_front();
  };
  for (std::size_t first = 0; first < items.size(); first += kSlice) {
    const auto slice = items.subspan(first, std::min(kSlice, items.size() - first));
    if (waiting.size() > usual_threads()) take_first();
    waiting.push_back(beside([slice, &make] {
      Parts parts;
      for (Item& item : slice) parts.push_back(make(item));
      return parts;
    }));
  }
  while (!waiting.empty()) take_first();
}

}  // namespace solnoma
