#include "projections/decision.hpp"

#include "projections/sort_unique.hpp"

namespace solnoma {
namespace {

Rule rule_of(const Step& step) {
  switch (step.effect) {
    case Effect::none:
      return Rule::nothing_recorded;
    case Effect::raise:
      return step.plan ? Rule::plan : Rule::milestone;
    case Effect::suspend:
      return Rule::suspended;
    case Effect::resume:
      return Rule::resumed;
    case Effect::cancel:
      return Rule::cancelled;
    case Effect::retire:
      return Rule::retired;
    case Effect::reinstate:
      return Rule::reinstated;
  }
  return Rule::nothing_recorded;
}

}  // namespace

void Decision::add(const Step& step) {
  const ParkState next = apply(state_, step.effect, step.stage);
  if (next == state_) return;
  if (next.stage != state_.stage) reached_ = &step;
  decided_ = &step;
  state_ = next;
}

StatusAt Decision::answer() const {
  StatusAt result;
  result.status = state_.status();
  if (decided_ == nullptr) return result;
  result.rule = rule_of(*decided_);
  result.since = {decided_->earliest, decided_->latest};
  result.because.push_back(decided_->revision);
  if (state_.cover == ParkState::Cover::none && reached_ != nullptr && reached_ != decided_)
    result.because.push_back(reached_->revision);
  sort_unique(result.because);
  return result;
}

}  // namespace solnoma
