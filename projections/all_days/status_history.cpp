#include "projections/all_days/status_history.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "projections/all_days/status_sweep.hpp"
#include "projections/many/fold.hpp"
#include "projections/possible.hpp"
#include "projections/relevant_rows.hpp"
#include "projections/sort_unique.hpp"

namespace solnoma {
namespace {

template <class Point>
void add(std::vector<StatusPeriod<Point>>& periods, const StatusPeriod<Point>& next) {
  if (!periods.empty() && periods.back().status == next.status &&
      periods.back().possible == next.possible && periods.back().exact == next.exact)
    return;
  periods.push_back(next);
}

/// The days on which the set of possible outcomes can change. A step can happen from the first
/// day of its window on, and must have by the last. Between these, N open steps can need up to
/// N days to happen in every order: so each of the N days after a window opened or closed may
/// add an order, and later ones cannot.
std::vector<Day> turning_days(const std::vector<Step>& steps) {
  std::map<Day, std::ptrdiff_t> opened;  // how many more vague steps are open from a day on
  for (const Step& step : steps) {
    ++opened[step.earliest];
    --opened[step.latest];
  }
  std::vector<Day> days{kOpenPast};
  std::ptrdiff_t open = 0;
  for (auto it = opened.begin(); it != opened.end(); ++it) {
    open += it->second;
    const auto next = std::next(it);
    for (std::ptrdiff_t more = 0; more <= open; ++more) {
      const Day day{static_cast<std::int32_t>(it->first.number + more)};
      if (next != opened.end() && day >= next->first) break;
      days.push_back(day);
    }
  }
  sort_unique(days);
  return days;
}

/// The history along an axis on which events appear one after the other: one fold at every point
/// at which one appears. `points`: of the rows; `sight_from`: what is visible from a point.
template <class Point>
std::vector<StatusPeriod<Point>> by_appearance(Rows rows, std::vector<Point> points, Point first,
                                               Day as_of,
                                               const std::function<Sight(Point)>& sight_from) {
  points.push_back(first);
  sort_unique(points);
  const Fold fold = fold_of(rows);
  Superseded superseded;
  std::vector<StatusPeriod<Point>> periods;
  for (const Point point : points) {
    const Sight sight = sight_from(point);
    const Status status = kStatusOf[state_at(fold.view(), sight, as_of, superseded)];
    const PossibleStatuses possible = possible_at(fold.view(), sight, as_of, superseded);
    add(periods, {point, status, possible.statuses, possible.exact});
  }
  return periods;
}

}  // namespace

std::vector<Day> own_days(const std::vector<Step>& steps) {
  std::vector<Day> days{kOpenPast};
  for (const Step& step : steps) {
    days.push_back(step.earliest);
    days.push_back(step.latest);
  }
  sort_unique(days);
  return days;
}

std::vector<Day> days_of_change(const std::vector<Step>& steps) {
  std::vector<Day> days = own_days(steps);
  bool vague = false;
  bool overridden = false;
  for (const Step& step : steps) {
    vague = vague || !step.precise();
    overridden = overridden || !is_raise(step.effect);
  }
  // Until something overrides, the order of steps makes no difference: their own days do.
  if (vague && overridden) std::ranges::copy(turning_days(steps), std::back_inserter(days));
  sort_unique(days);
  return days;
}

std::vector<StatusPeriod<Day>> status_history_as_of(Rows rows, Day known_by, Position at,
                                                    Effort effort) {
  const std::vector<Row> kept = relevant_rows(rows);
  const std::vector<Step> all = steps(kept, effective(kept, {.known_by = known_by, .at = at}));
  const std::vector<Day> own = own_days(all);
  StatusSweep sweep(all);
  std::vector<StatusPeriod<Day>> periods;
  bool was_coarse = false;  // the day before was enclosed
  for (const Day day : days_of_change(all)) {
    const bool coarse = effort.is_spent();
    // What encloses a day encloses all up to the next on which a step begins or ends.
    if (coarse && was_coarse && !std::ranges::binary_search(own, day)) continue;
    was_coarse = coarse;
    const StatusAt answer = sweep.as_of(day);
    PossibleStatuses possible{answer.possible, answer.exact};
    if (!possible.exact && !coarse) possible = effort.possible(sweep.steps(), day);
    add(periods, {day, answer.status, possible.statuses, possible.exact});
  }
  return periods;
}

std::vector<StatusPeriod<Day>> status_history_known_by(Rows rows, Day as_of, Position at) {
  const std::vector<Row> kept = relevant_rows(rows);
  std::vector<Day> points;
  for (const Row& row : kept) points.push_back(row.known);
  return by_appearance<Day>(kept, points, kOpenPast, as_of,
                            [&](Day day) { return Sight(day, at); });
}

std::vector<StatusPeriod<Position>> status_history_at(Rows rows, Day as_of, Day known_by) {
  const std::vector<Row> kept = relevant_rows(rows);
  std::vector<Position> points;
  for (const Row& row : kept) points.push_back(row.position());
  return by_appearance<Position>(kept, points, Position{0}, as_of,
                                 [&](Position position) { return Sight(known_by, position); });
}

}  // namespace solnoma
