#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

namespace solnoma {

/// Members of a cluster that are asked one after another, each of which has its turn before
/// patience ends or it is given up:
///     for (Turns turns(…); turns.next();) … turns.member(), within turns.left() …
class Turns {
 public:
  /// `given_up` outlives it.
  Turns(std::chrono::milliseconds patience, std::size_t members, std::size_t first,
        const std::atomic<bool>& given_up)
      : given_up_(given_up),
        end_(Clock::now() + patience),
        turn_(std::max<std::chrono::milliseconds>(patience / static_cast<int>(members), kLeast)),
        members_(members),
        first_(first) {}

  /// False: it is given up, or patience is over, or too short for an answer. Before all but the
  /// first there is a rest.
  bool next() {
    if (given_up_) return false;
    if (asked_ > 0) {
      if (Clock::now() + 2 * kRest > end_) return false;
      std::this_thread::sleep_for(kRest);
    }
    ++asked_;
    return true;
  }
  [[nodiscard]] std::size_t member() const { return (first_ + asked_ - 1) % members_; }
  [[nodiscard]] std::chrono::milliseconds left() const {
    return std::clamp(std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now()),
                      kLeast, turn_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kRest{100};
  static constexpr std::chrono::milliseconds kLeast{1};

  const std::atomic<bool>& given_up_;
  Clock::time_point end_;
  std::chrono::milliseconds turn_;
  std::size_t members_;
  std::size_t first_;
  std::size_t asked_ = 0;
};

}  // namespace solnoma
