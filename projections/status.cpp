#include "projections/status.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "projections/effort.hpp"
#include "projections/possible.hpp"
#include "projections/raises.hpp"
#include "projections/sort_unique.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 8> kRuleNames = {
    "nothing-recorded", "milestone", "plan",    "suspended",
    "resumed",          "cancelled", "retired", "reinstated"};

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

/// The steps that may have happened by a day, without raises that change nothing in any world.
std::vector<Step> relevant_steps(const std::vector<Step>& all, const AssuredStages& assured,
                                 Day as_of) {
  std::vector<Step> steps;
  for (const Step& step : all)
    if (step.earliest <= as_of && !assured.make_redundant(step)) steps.push_back(step);
  return steps;
}

/// Whether the step could have changed the outcome by happening on another of its days.
bool makes_uncertain(const Step& step, Stage assured, Day as_of, bool overridden) {
  if (step.precise() || step.earliest > as_of) return false;
  if (!is_raise(step.effect)) return true;
  return overridden ? step.stage >= assured : step.stage > assured && step.latest > as_of;
}

}  // namespace

std::string_view name(Rule rule) {
  return kRuleNames[static_cast<std::size_t>(rule)];
}

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

StatusAt status(const std::vector<Step>& all, Day as_of) {
  Effort effort;
  return status(all, as_of, effort);
}

StatusAt status(const std::vector<Step>& all, Day as_of, Effort& effort) {
  const AssuredStages assured(all);
  const std::vector<Step> steps = relevant_steps(all, assured, as_of);
  std::vector<const Step*> happened;
  for (const Step& step : steps)
    if (step.latest <= as_of) happened.push_back(&step);
  std::ranges::sort(happened, {}, [](const Step* s) { return std::tuple(s->latest, s->position); });

  Decision decision;
  for (const Step* step : happened) decision.add(*step);
  StatusAt result = decision.answer();

  const PossibleStatuses possible = effort.possible(steps, as_of);
  result.possible = possible.statuses;
  result.exact = possible.exact;
  if (!result.certain()) {
    const bool overridden =
        std::ranges::any_of(steps, [](const Step& s) { return !is_raise(s.effect); });
    const Stage floor = assured.as_of(as_of);
    for (const Step& step : steps)
      if (makes_uncertain(step, floor, as_of, overridden)) result.because.push_back(step.revision);
  }
  sort_unique(result.because);
  return result;
}

}  // namespace solnoma
