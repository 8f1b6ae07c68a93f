#pragma once

#include <cstddef>
#include <vector>

#include "projections/possible.hpp"
#include "projections/steps.hpp"

namespace solnoma {

struct StatusAt;

/// What may be spent on the statuses of many days together, as the answers of a grid are. Counted
/// in worlds and steps, not in time: the same question has the same answer.
///
/// - *Worlds*: a hundred vague events that overlap have thousands of days on which the answer may
///   change, and each costs its milliseconds. Once so many worlds were seen, what follows is
///   enclosed instead, and says that it is not exact.
/// - *Steps*: what makes an answer uncertain can be every vague event there is. Once so many steps
///   were looked at, answers name what decides them, and say that they name no more.
class Effort {
 public:
  static constexpr std::size_t kUsual = 1 << 22;  ///< of worlds; less than a second
  static constexpr std::size_t kSteps = 1 << 22;  ///< of a hundred events, all reasons on all days

  explicit Effort(std::size_t worlds = kUsual, std::size_t steps = kSteps)
      : worlds_(worlds), steps_(steps) {}

  [[nodiscard]] bool is_spent() const { return seen_ >= worlds_; }

  /// possible_statuses(), as long as that may be afforded.
  [[nodiscard]] PossibleStatuses possible(const std::vector<Step>& steps, Day as_of) {
    if (is_spent()) return enclosed_statuses(steps, as_of);
    return possible_statuses(steps, as_of, {.seen = &seen_});
  }

  /// Whether all reasons may be named once more, of so many steps; counts that.
  [[nodiscard]] bool affords_reasons(std::size_t steps) {
    if (looked_at_ >= steps_) return false;
    looked_at_ += steps;
    return true;
  }

 private:
  std::size_t worlds_;
  std::size_t steps_;
  std::size_t seen_ = 0;
  std::size_t looked_at_ = 0;
};

/// status() of projections/status.hpp, with what `effort` allows.
[[nodiscard]] StatusAt status(const std::vector<Step>& steps, Day as_of, Effort& effort);

}  // namespace solnoma
