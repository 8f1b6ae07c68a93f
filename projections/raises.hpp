#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "projections/park_state.hpp"
#include "projections/steps.hpp"

namespace solnoma {

/// What raises do to a park. Five algorithms rest on one lemma, which is stated and proved here:
/// status, possible, relevant_rows, status_history and fold.
///
/// A *raise* is a step with Effect::raise; an *end* cancels or retires the park.
///
/// **Lemma.**
/// 1. No step lowers the stage. (In apply() only `raise` assigns it, and only a higher one.)
/// 2. A raise to a stage that is reached already changes nothing. (In an open park apply() asks
///    `stage > state.stage`; in an ended one only `reinstate` acts.)
/// 3. Where only raises happened, the status is the highest of their stages, in whatever order
///    they happened. (By induction: nothing covers the stage, so each raise takes the maximum.)
///    So let R be the highest stage of those whose latest day has come as of a day. Every world
///    has R or more. A raise beyond R that may have happened, but need not, can be the only one
///    of its kind that came in time: the possible statuses are R and the stages of these.
/// 4. A raise to stage S whose latest day D comes before every day on which anything can end the
///    park reaches S in every world by D, whatever else happened: on its day the park has not
///    ended, so apply() takes it. By 1 the stage stays S or more; by 2 a raise to S or less that
///    cannot happen before the day after D changes nothing in any world, and may be left out.
///
/// For example: opened 2020-03, cancelled 2020-05 or later, visited 2020-04. By 2020-03-31 the
/// park is operating in every world; the visit, a raise to `announced`, changes nothing.

[[nodiscard]] constexpr bool is_raise(Effect effect) {
  return effect == Effect::raise;
}
[[nodiscard]] constexpr bool is_end(Effect effect) {
  return effect == Effect::cancel || effect == Effect::retire;
}

/// Part 3: the statuses of all worlds in which only raises happened. `reached`: the highest stage
/// of those that had to happen; `begun`: the stages of those that may have, with or without
/// lower ones.
[[nodiscard]] StatusSet statuses_of_raises(Stage reached, StatusSet begun);

/// The same from the steps. Precondition: all are raises. Linear.
[[nodiscard]] StatusSet statuses_of_raises(std::span<const Step> steps, Day as_of);

/// The first day on which any of the steps can end the park.
class FirstEnd {
 public:
  void add(const Step& step) {
    if (is_end(step.effect)) day_ = std::min(day_, std::int64_t{step.earliest.number});
  }
  /// Whether nothing can have ended the park by this day.
  [[nodiscard]] bool is_after(Day day) const { return day.number < day_; }

 private:
  std::int64_t day_ = INT64_MAX;  // wider than a Day: also after kOpenFuture
};

/// Part 4: from which day on each stage is reached in every world.
class AssuredStages {
 public:
  /// Linear. `steps`: all effective ones, in any order.
  explicit AssuredStages(std::span<const Step> steps);

  /// The highest stage that every world has reached as of a day.
  [[nodiscard]] Stage as_of(Day day) const;

  /// Whether the step is a raise that comes, in every world, after its stage was reached.
  [[nodiscard]] bool make_redundant(const Step& step) const;

 private:
  std::array<std::int64_t, kStages> since_;  // by stage; wider than a Day: INT64_MAX is never
};

}  // namespace solnoma
