#include "projections/all_days/status_sweep.hpp"

#include <algorithm>
#include <tuple>

#include "projections/possible.hpp"

namespace solnoma {

StatusSweep::StatusSweep(const std::vector<Step>& steps) : assured_(steps) {
  for (const Step& step : steps)
    if (!assured_.make_redundant(step)) steps_.push_back(step);
  std::ranges::sort(steps_, {}, [](const Step& s) { return std::tuple(s.latest, s.position); });
  for (const Step& step : steps_) begin_.push_back(&step);
  std::ranges::sort(begin_, {}, &Step::earliest);
}

StatusAt StatusSweep::as_of(Day day) {
  for (; happened_ < steps_.size() && steps_[happened_].latest <= day; ++happened_)
    decision_.add(steps_[happened_]);
  for (; begun_ < begin_.size() && begin_[begun_]->earliest <= day; ++begun_) {
    const Step& step = *begin_[begun_];
    vague_ = vague_ || !step.precise();
    overridden_ = overridden_ || !is_raise(step.effect);
    if (is_raise(step.effect)) raises_.set(static_cast<std::size_t>(step.stage));
    stale_ = kinds_.emplace(step.effect, step.stage).second || stale_;
  }
  StatusAt answer = decision_.answer();
  if (!vague_) {
    answer.possible = only(answer.status);  // one world
  } else if (!overridden_) {
    answer.possible = statuses_of_raises(decision_.state().stage, raises_);
  } else {
    const Stage assured = assured_.as_of(day);
    if (stale_ || assured != enclosed_from_) enclose(assured);
    answer.possible = enclosed_;
    answer.exact = answer.certain();
  }
  answer.all_reasons = answer.certain();
  return answer;
}

void StatusSweep::enclose(Stage assured) {
  enclosed_ = enclosed_statuses(kinds_, assured);
  enclosed_from_ = assured;
  stale_ = false;
}

}  // namespace solnoma
