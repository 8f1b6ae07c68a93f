#include "projections/all_days/status_history.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "projections/many/fold.hpp"
#include "projections/possible.hpp"
#include "projections/raises.hpp"
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

/// Folds a subject's steps in the order of the conservative world, day by day, and keeps what is
/// needed to tell the possible statuses where a closed form does.
class HistoryBuilder {
 public:
  HistoryBuilder(std::vector<Step> steps, Effort effort)
      : steps_(std::move(steps)), effort_(effort) {
    std::ranges::sort(steps_, {}, [](const Step& s) { return std::tuple(s.latest, s.position); });
    for (const Step& step : steps_) {
      if (!step.precise()) vague_from_ = std::min(vague_from_, step.earliest);
      if (!is_raise(step.effect)) overridden_from_ = std::min(overridden_from_, step.earliest);
      if (is_raise(step.effect) && !step.precise()) vague_raises_.push_back(step);
    }
    std::ranges::sort(vague_raises_, {}, &Step::earliest);
  }

  [[nodiscard]] std::vector<StatusPeriod<Day>> run() {
    std::vector<StatusPeriod<Day>> periods;
    const std::vector<Day> own = own_days(steps_);
    for (const Day day : days_of_change(steps_)) {
      const bool coarse = effort_.is_spent();
      // What encloses a day encloses all up to the next on which a step begins or ends.
      if (coarse && was_coarse_ && !std::ranges::binary_search(own, day)) continue;
      was_coarse_ = coarse;
      advance(day);
      const PossibleStatuses now = possible(day);
      add(periods, {day, state_.status(), now.statuses, now.exact});
    }
    return periods;
  }

 private:
  void advance(Day day) {
    for (; next_ < steps_.size() && steps_[next_].latest <= day; ++next_)
      state_ = apply(state_, steps_[next_].effect, steps_[next_].stage);
    for (; next_vague_ < vague_raises_.size() && vague_raises_[next_vague_].earliest <= day;
         ++next_vague_)
      begun_.set(static_cast<std::size_t>(vague_raises_[next_vague_].stage));
  }

  [[nodiscard]] PossibleStatuses possible(Day day) {
    if (day < vague_from_) return {only(state_.status())};  // one world
    if (day >= overridden_from_) return effort_.possible(steps_, day);
    return {statuses_of_raises(state_.stage, begun_)};
  }

  std::vector<Step> steps_;  // by latest day, then position
  Effort effort_;
  std::size_t next_ = 0;            // the first that need not have happened yet
  ParkState state_;                 // of the conservative world
  std::vector<Step> vague_raises_;  // by earliest day
  std::size_t next_vague_ = 0;
  StatusSet begun_;          // stages of those that may have happened
  bool was_coarse_ = false;  // the day before was enclosed
  Day vague_from_ = kOpenFuture;
  Day overridden_from_ = kOpenFuture;
};

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
  const Vantage vantage{.known_by = known_by, .at = at};
  return HistoryBuilder(steps(kept, effective(kept, vantage)), effort).run();
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
