#pragma once

#include <cstddef>
#include <vector>

#include "projections/possible.hpp"
#include "projections/steps.hpp"

namespace solnoma {

struct StatusAt;

/// What may be spent on the possible statuses of many days together. A hundred vague events that
/// overlap have thousands of days on which the answer may change, and each costs its milliseconds:
/// once so much is spent, what follows is enclosed instead, and says that it is not exact.
/// Counted in worlds, not in time: the same question has the same answer.
class Effort {
 public:
  static constexpr std::size_t kUsual = 1 << 22;  ///< less than a second

  explicit Effort(std::size_t worlds = kUsual) : most_(worlds) {}

  [[nodiscard]] bool is_spent() const { return seen_ >= most_; }

  /// possible_statuses(), as long as that may be afforded.
  [[nodiscard]] PossibleStatuses possible(const std::vector<Step>& steps, Day as_of) {
    if (is_spent()) return enclosed_statuses(steps, as_of);
    return possible_statuses(steps, as_of, {.seen = &seen_});
  }

 private:
  std::size_t most_;
  std::size_t seen_ = 0;
};

/// status() of projections/status.hpp, with what `effort` allows.
[[nodiscard]] StatusAt status(const std::vector<Step>& steps, Day as_of, Effort& effort);

}  // namespace solnoma
