#include "projections/raises.hpp"

#include <algorithm>

namespace solnoma {

StatusSet statuses_of_raises(Stage reached, StatusSet begun) {
  const auto lowest = static_cast<std::size_t>(reached);
  for (std::size_t stage = 0; stage < lowest; ++stage) begun.reset(stage);
  return begun.set(lowest);
}

StatusSet statuses_of_raises(std::span<const Step> steps, Day as_of) {
  Stage reached = Stage::unrecorded;
  StatusSet begun;
  for (const Step& step : steps) {
    if (step.earliest > as_of) continue;
    begun.set(static_cast<std::size_t>(step.stage));
    if (step.latest <= as_of) reached = std::max(reached, step.stage);
  }
  return statuses_of_raises(reached, begun);
}

AssuredStages::AssuredStages(std::span<const Step> steps) {
  FirstEnd first_end;
  for (const Step& step : steps) first_end.add(step);
  since_.fill(INT64_MAX);
  for (const Step& step : steps) {
    auto& since = since_[static_cast<std::size_t>(step.stage)];
    if (is_raise(step.effect) && first_end.is_after(step.latest))
      since = std::min(since, std::int64_t{step.latest.number});
  }
  // Whoever reaches a stage has reached those below it.
  for (std::size_t stage = kStages - 1; stage-- > 0;)
    since_[stage] = std::min(since_[stage], since_[stage + 1]);
}

Stage AssuredStages::as_of(Day day) const {
  auto stage = kStages - 1;
  while (stage > 0 && since_[stage] > day.number) --stage;
  return static_cast<Stage>(stage);
}

bool AssuredStages::make_redundant(const Step& step) const {
  return is_raise(step.effect) &&
         step.earliest.number > since_[static_cast<std::size_t>(step.stage)];
}

}  // namespace solnoma
