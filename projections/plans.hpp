#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "events/event_type.hpp"
#include "projections/effective.hpp"

namespace solnoma {

enum class PlanState : std::uint8_t {
  pending,
  met,      ///< an actual event of the planned type came
  overdue,  ///< its latest target day has passed without one
  dropped,  ///< retracted
};
[[nodiscard]] std::string_view name(PlanState state);

/// Days from a target to what became of it, as an interval: both are imprecise.
/// Negative: early. An open end has no number.
struct Slippage {
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;

  bool operator==(const Slippage&) const = default;
};

struct Plan {
  Revision revision;  ///< of the event that states it
  TypeCode type = 0;  ///< what is planned
  Bounds target;      ///< open on both sides: no target date
  Day known;
  PlanState state = PlanState::pending;
  Revision baseline;    ///< the first plan of this type; its own revision if it is that one
  Revision met_by;      ///< 0: not met
  Bounds actual;        ///< of `met_by`
  Slippage slippage;    ///< where met
  Revision dropped_by;  ///< 0: not dropped

  bool operator==(const Plan&) const = default;
};

/// Every plan of a subject that was known by `vantage.as_of`: type by type in the order
/// in which their first plans became known, within a type as they became known: the
/// baseline, then its revisions. A plan that a correction replaces is not a plan any more and
/// does not appear.
///
/// A plan is met by the first actual event of its type (by latest day, then position)
/// that has happened as of the vantage and whose latest day is not before the day the
/// plan became known, where that event was not itself known by then: what a source
/// reports as done in the same breath as the plan cannot be what the plan is about.
/// Plans of unknown types stand together, each its own baseline, and are never met: rows
/// do not tell those types apart. Descriptions and retractions cannot be planned.
/// Pure; n log n.
[[nodiscard]] std::vector<Plan> plans(Rows rows, const Effective& effective,
                                      const Vantage& vantage);

}  // namespace solnoma
