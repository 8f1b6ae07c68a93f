#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <utility>
#include <vector>

#include "engine/base/catches_bad_alloc.hpp"

namespace solnoma {

/// Does `work` in a thread of its own, which goes on where memory runs out if this one would: what
/// it throws comes out where the result is taken.
template <class Work>
auto beside(Work work) {
  return std::async(std::launch::async,
                    [caught = CatchesBadAlloc::here(), work = std::move(work)]() mutable {
                      const CatchesBadAlloc here(caught);
                      return work();
                    });
}

/// Calls `work(i)` for every i below `count`, in as many threads, of which the caller's is one:
/// whoever is done with a share takes the next. `work` must be safe beside itself; what it
/// throws comes out here, when all threads have ended.
template <class Work>
void parallel_for(std::size_t count, std::size_t threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = 0; (i = next++) < count;) work(i);
  };
  std::vector<std::future<void>> others;
  while (others.size() + 1 < std::min(threads, count)) others.push_back(beside(take));
  take();
  for (auto& other : others) other.get();
}

}  // namespace solnoma
