#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "projections/park_state.hpp"
#include "projections/steps.hpp"

namespace solnoma {

/// Which rule gave a status.
enum class Rule : std::uint8_t {
  nothing_recorded,  ///< no effective event had happened
  milestone,         ///< a milestone reached the stage
  plan,              ///< a plan became known
  suspended,
  resumed,
  cancelled,
  retired,
  reinstated,
};
[[nodiscard]] std::string_view name(Rule rule);

struct StatusAt {
  Status status = Status::unrecorded;
  StatusSet possible;  ///< of all worlds; holds `status`
  bool exact = true;   ///< otherwise `possible` may hold some that no world has
  Rule rule = Rule::nothing_recorded;
  std::vector<Revision> because;  ///< ascending: what decides it, and what makes it uncertain
  bool all_reasons = true;  ///< otherwise `because` has what decides it, and not all of the rest
  Bounds since;             ///< of the event that brought the status; open when nothing did

  [[nodiscard]] bool certain() const { return possible.count() == 1; }
  bool operator==(const StatusAt&) const = default;
};

/// The fold of the conservative world: the state that the steps lead to, and which of them decide
/// it. Holds pointers to the steps that it was given.
class Decision {
 public:
  /// Precondition: steps come in the order of latest day, then position.
  void add(const Step& step);

  [[nodiscard]] const ParkState& state() const { return state_; }

  /// The status, its rule, since when, and in `because` the one or two steps that decide it.
  /// `possible` is left empty.
  [[nodiscard]] StatusAt answer() const;

 private:
  ParkState state_;
  const Step* reached_ = nullptr;  // brought the stage
  const Step* decided_ = nullptr;  // changed the state last
};

/// The status of a subject as of a day, from its effective steps: that of the
/// conservative world, in which everything happened on its latest possible day.
/// Pure; n log n, and what possible_statuses() costs.
[[nodiscard]] StatusAt status(const std::vector<Step>& steps, Day as_of);

}  // namespace solnoma
