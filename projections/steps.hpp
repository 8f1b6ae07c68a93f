#pragma once

#include <optional>
#include <vector>

#include "events/event_type.hpp"
#include "projections/effective.hpp"

namespace solnoma {

/// One effective event that bears on the status. A plan is a step of its own kind: it
/// puts a park at `announced`, on the day it became known and on no other.
struct Step {
  Day earliest;
  Day latest;
  Position position;
  Revision revision;
  Effect effect = Effect::none;
  Stage stage = Stage::unrecorded;
  bool plan = false;

  [[nodiscard]] bool precise() const { return earliest == latest; }
  bool operator==(const Step&) const = default;
};

/// What a row does to the status where it is effective, if anything. Pure.
[[nodiscard]] std::optional<Step> step_of(const Row& row, Revision revision);

/// The steps of a subject in the order of its revisions. Pure; linear.
[[nodiscard]] std::vector<Step> steps(Rows rows, const Effective& effective);

}  // namespace solnoma
