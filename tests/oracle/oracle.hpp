#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "projections/diff.hpp"
#include "projections/figures.hpp"
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

/// "Withdraws exactly what it supersedes."
[[nodiscard]] bool withdraws(Rows rows, std::size_t by, std::size_t row);

/// "Replaces the event that it supersedes and all that this one replaces in turn"; of a
/// retraction, "the retraction and what that had withdrawn".
[[nodiscard]] bool replaces(Rows rows, std::size_t by, std::size_t row);

/// "It holds if visible, withdrawn by no retraction that holds and, where it is a retraction
/// itself, replaced by no correction that holds": recursive, as worded.
[[nodiscard]] bool holds(Rows rows, std::size_t row, const Vantage& vantage);

/// "Effective if it holds, is no retraction, and is replaced by no event that holds."
[[nodiscard]] bool effective(Rows rows, std::size_t row, const Vantage& vantage);

/// The newest event that holds and replaces a row, else the newest that holds and withdraws it;
/// 0: there is neither.
[[nodiscard]] Revision superseded_by(Rows rows, std::size_t row, const Vantage& vantage);

/// The same of all rows, as effective() of projections/ has it.
[[nodiscard]] Effective standing(Rows rows, const Vantage& vantage);

struct Answer {
  Status status = Status::unrecorded;  ///< of the conservative world
  StatusSet possible;                  ///< of all worlds
  std::size_t worlds = 0;              ///< how many were enumerated
};

/// How many worlds status() would enumerate.
[[nodiscard]] std::size_t worlds(Rows rows, const Vantage& vantage);

/// "The status we print is that of the conservative world": of that one alone.
[[nodiscard]] Status conservative_status(Rows rows, const Vantage& vantage);

/// Enumerates every world.
[[nodiscard]] Answer status(Rows rows, const Vantage& vantage);

/// The statuses of some worlds drawn at random, where enumerating all takes too long.
[[nodiscard]] StatusSet sample(Rows rows, const Vantage& vantage, test::Random& random,
                               std::size_t times);

/// Section 2, "Plans". `events` are those of the rows.
[[nodiscard]] std::vector<Plan> plans(std::span<const StoredEvent> events, Rows rows,
                                      const Vantage& vantage);
[[nodiscard]] std::vector<TimelineMark> timeline(Rows rows, const Vantage& vantage,
                                                 Bounds window = {});
[[nodiscard]] std::vector<EventChange> event_changes(Rows rows, const Vantage& from,
                                                     const Vantage& to);

/// "Figures are kept apart by measure, unit, period and part: of a level the newest stands, a flow
/// adds up, bounds and all." Numbers have at most three digits behind the point, and ten before it.
[[nodiscard]] std::vector<Figure> figures(std::span<const StoredEvent> events, Rows rows,
                                          const Vantage& vantage);

/// True for an actual event whose type has an effect on the status, and for a plan.
[[nodiscard]] bool bears_on_status(const Row& row);

/// "Any type may be planned"; but to describe and to retract is nothing that is planned.
[[nodiscard]] bool states_a_plan(const Row& row);

}  // namespace solnoma::oracle
