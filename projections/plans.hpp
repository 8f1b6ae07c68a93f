#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "events/event_type.hpp"
#include "projections/effective.hpp"
#include "projections/plan_keys.hpp"

namespace solnoma {

enum class PlanState : std::uint8_t {
  pending,
  met,      ///< what it is about has happened
  overdue,  ///< its latest target day has passed without that
  dropped,  ///< retracted
  moved,    ///< a later plan of its key stands in its place
  lapsed,   ///< the subject was cancelled or retired
};
inline constexpr std::size_t kPlanStates = 6;
[[nodiscard]] std::string_view name(PlanState state);

/// Days from one date to another, as an interval: both are imprecise. Negative: back in time. An
/// open end has no number.
struct Slippage {
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;

  bool operator==(const Slippage&) const = default;
};

/// Plans and actual events of the same subject, type and part are of one key.
struct Plan {
  Revision revision;  ///< of the event that states it
  TypeCode type = 0;  ///< what is planned
  Bounds target;      ///< open on both sides: no target date
  Day known;
  PlanState state = PlanState::pending;
  Revision baseline;    ///< the first plan of this key; its own revision if it is that one
  Revision met_by;      ///< 0: not met
  Bounds actual;        ///< of `met_by`
  Slippage slippage;    ///< where met: from the target to what happened
  Revision moved_to;    ///< where moved: the newest plan of this key that stands; else 0
  Slippage moved_by;    ///< where moved: from the baseline's target to that of `moved_to`
  Revision dropped_by;  ///< 0: not dropped

  bool operator==(const Plan&) const = default;
};

/// The plans of a subject at one day of knowledge and one position, to be told as of any day. What
/// meets a plan, and what drops it, does not depend on that day; whether it has come so far does.
class KnownPlans {
 public:
  /// `keys` are those of the subject's events. Pure; n log n.
  KnownPlans(Rows rows, const PlanKeys& keys, const Effective& effective);

  /// plans() as of a day; linear in their number.
  [[nodiscard]] std::vector<Plan> as_of(Day day) const;
  /// The days on which as_of() can become another than it was the day before, in no order.
  [[nodiscard]] std::vector<Day> days_of_change() const;

  bool operator==(const KnownPlans&) const = default;

 private:
  std::vector<Plan> plans_;  ///< key by key, each once met or dropped or neither
  std::vector<Day> turns_;   ///< on which the subject ended, then was reopened, then ended …
};

/// Every plan of a subject that was known by `vantage.as_of`: key by key in the order in which
/// their first plans became known, within a key as they became known: the baseline, then its
/// revisions. A plan that a correction replaces is not a plan any more and does not appear, nor
/// does a correction that was withdrawn, where what it had replaced is seen; a plan that was
/// retracted itself is dropped.
///
/// What meets a plan is an actual event that says so (`fulfils`; the first of these). Where none
/// does, it is the first actual event of the plan's key, by latest day, then position, among those
/// that name no plan and
/// - where the plan was told in hindsight (its latest target day is not after the day it became
///   known), all;
/// - else, became known later than the plan and happened no earlier than on the day on which the
///   plan became known, or may have happened earlier, where the type is one that happens once.
/// An id that an event names means the event of its own source, or where none is known at the
/// vantage, those of others; and of these the version that counts.
///
/// Of the states, the first that is true is told: dropped, met, moved, lapsed, overdue, pending.
/// Descriptions and retractions cannot be planned. Pure; n log n.
[[nodiscard]] std::vector<Plan> plans(Rows rows, const PlanKeys& keys, const Effective& effective,
                                      const Vantage& vantage);

}  // namespace solnoma
