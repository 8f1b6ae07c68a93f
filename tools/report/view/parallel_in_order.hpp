#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <span>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace solnoma {

/// How many threads share the work of one command.
[[nodiscard]] inline std::size_t usual_threads() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
}

/// Begins `work` in a thread of its own, in the name of this one. What it throws comes out where
/// the result is taken.
[[nodiscard]] std::future<void> begin_beside(std::function<void()> work);

/// Calls `make(item)` for all items, several at a time, and `take(part)` with what each made,
/// in the order of the items and in this thread. `make` must be pure. Few parts wait at a time.
template <class Item, class Make, class Take>
void side_by_side(std::span<Item> items, const Make& make, const Take& take) {
  using Parts = std::vector<std::invoke_result_t<const Make&, Item&>>;
  struct Waiting {
    std::unique_ptr<Parts> parts = std::make_unique<Parts>();
    std::future<void> made = {};  // goes first, and waits
  };
  constexpr std::size_t kSlice = 32;
  std::deque<Waiting> waiting;
  const auto take_first = [&] {
    waiting.front().made.get();
    for (auto& part : *waiting.front().parts) take(std::move(part));
    waiting.pop_front();
  };
  for (std::size_t first = 0; first < items.size(); first += kSlice) {
    const auto slice = items.subspan(first, std::min(kSlice, items.size() - first));
    if (waiting.size() > usual_threads()) take_first();
    Waiting& next = waiting.emplace_back();
    next.made = begin_beside([slice, &make, parts = next.parts.get()] {
      for (Item& item : slice) parts->push_back(make(item));
    });
  }
  while (!waiting.empty()) take_first();
}

}  // namespace solnoma
