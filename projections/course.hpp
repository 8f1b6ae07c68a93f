#pragma once

#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "projections/status.hpp"
#include "projections/steps.hpp"

namespace solnoma {

/// How a subject's status runs along one axis of time, the other two being fixed: what holds
/// from a point on, up to the next stretch's point or for ever.
template <class Point>
struct Stretch {
  Point from;
  Status status = Status::unrecorded;
  StatusSet possible;

  bool operator==(const Stretch&) const = default;
};

/// All three: at least one stretch, the first from before everything; ascending, and
/// neighbours differ. Each point's answer is that of status() there. Pure.

/// By day of the question: how things went. n log n where all dates are precise, or nothing but
/// milestones happened before; otherwise it asks possible_statuses() on every day on which
/// the answer can change. Exact where that is.
[[nodiscard]] std::vector<Stretch<Day>> course_as_of(Rows rows, Day known_by, Position at);

/// By day of knowledge: how the view of one day changed. Cost: one fold
/// per relevant row.
[[nodiscard]] std::vector<Stretch<Day>> course_known_by(Rows rows, Day as_of, Position at);

/// By position in the log; otherwise the same.
[[nodiscard]] std::vector<Stretch<Position>> course_at(Rows rows, Day as_of, Day known_by);

/// The days on which status() of these steps can become another than it was the day before,
/// ascending; the first is kOpenPast. Pure; n log n.
[[nodiscard]] std::vector<Day> days_of_change(const std::vector<Step>& steps);

}  // namespace solnoma
