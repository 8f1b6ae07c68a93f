#pragma once

#include <cstdint>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "projections/diff.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "projections/timeline.hpp"
#include "tests/support/random.hpp"

/// What DESIGN sections 1 to 3 mean, computed as they are worded and as slowly as that
/// takes. It shares result types with `projections/`, and no computation: not even the
/// table of event types.
namespace solnoma::oracle {

/// "Visible if known <= K and position <= P."
[[nodiscard]] bool visible(Rows rows, std::size_t row, const Vantage& vantage);

/// "Effective if visible and not superseded by an effective event": recursive, as worded.
[[nodiscard]] bool effective(Rows rows, std::size_t row, const Vantage& vantage);

/// The effective events that supersede a row, oldest first.
[[nodiscard]] std::vector<std::size_t> superseders(Rows rows, std::size_t row,
                                                   const Vantage& vantage);

struct Answer {
  Status status = Status::unrecorded;  ///< of the conservative world
  StatusSet possible;                  ///< of all worlds
  std::size_t worlds = 0;              ///< how many were enumerated
};

/// How many worlds status() would enumerate.
[[nodiscard]] std::size_t worlds(Rows rows, const Vantage& vantage);

/// Enumerates every world.
[[nodiscard]] Answer status(Rows rows, const Vantage& vantage);

/// The statuses of some worlds drawn at random, where enumerating all takes too long.
[[nodiscard]] StatusSet sample(Rows rows, const Vantage& vantage, test::Random& random,
                               std::size_t times);

[[nodiscard]] std::vector<Plan> plans(Rows rows, const Vantage& vantage);
[[nodiscard]] std::vector<TimelineMark> timeline(Rows rows, const Vantage& vantage,
                                                 Bounds window = {});
[[nodiscard]] std::vector<EventChange> event_changes(Rows rows, const Vantage& from,
                                                     const Vantage& to);

/// True for an actual event whose type has an effect on the status, and for a plan.
[[nodiscard]] bool bears_on_status(const Row& row);

/// "Any type may be planned"; but to describe and to retract is nothing that is planned.
[[nodiscard]] bool states_a_plan(const Row& row);

}  // namespace solnoma::oracle
