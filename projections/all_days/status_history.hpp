#pragma once

#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "projections/effort.hpp"
#include "projections/status.hpp"
#include "projections/steps.hpp"

namespace solnoma {

/// One period of a status history: what holds from a point of an axis on, up to the point of
/// the next period or for ever.
template <class Point>
struct StatusPeriod {
  Point from;
  Status status = Status::unrecorded;
  StatusSet possible;
  bool exact = true;  ///< as StatusAt has it

  bool operator==(const StatusPeriod&) const = default;
};

/// A status history tells how a subject's status runs along one of the three axes of time, the
/// other two being fixed. All three functions return at least one period; the first begins before
/// everything, points ascend, and neighbours differ. Each point's answer is that of status()
/// there. Pure.

/// Along *as of*: how things went. n log n where all dates are precise, or where only raises
/// happened before; otherwise it calls possible_statuses() for every day on which the answer
/// can change, and is as exact as that is, within what Effort allows for all of them.
[[nodiscard]] std::vector<StatusPeriod<Day>> status_history_as_of(Rows rows, Day known_by,
                                                                  Position at,
                                                                  Effort effort = Effort());

/// Along *known by*: how the view of one day changed. Cost: one fold for each relevant row.
[[nodiscard]] std::vector<StatusPeriod<Day>> status_history_known_by(Rows rows, Day as_of,
                                                                     Position at);

/// Along *at*, the positions of the log. The same cost.
[[nodiscard]] std::vector<StatusPeriod<Position>> status_history_at(Rows rows, Day as_of,
                                                                    Day known_by);

/// The days on which status() of these steps can become another than it was the day before,
/// ascending; the first is kOpenPast. Pure; n log n.
[[nodiscard]] std::vector<Day> days_of_change(const std::vector<Step>& steps);
/// The same of enclosed_statuses(): the steps' own days.
[[nodiscard]] std::vector<Day> own_days(const std::vector<Step>& steps);

}  // namespace solnoma
