#pragma once

#include "projections/status.hpp"
#include "projections/steps.hpp"

namespace solnoma {

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

}  // namespace solnoma
