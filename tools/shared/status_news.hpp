#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "tools/report/view/differences.hpp"
#include "tools/shared/event_filter.hpp"

namespace solnoma {

/// Told of what an event, or a day that came, changed: of statuses and plans alone.
using TellDifferences = std::function<Outcome(const Differences&)>;

/// The statuses and plans that change one after the other: by an event, or because a day came. What
/// is told of a stretch of the log and of days does not depend on where one stopped within it. The
/// log and the filter must outlive it.
class StatusNews {
 public:
  /// `types`: of plans; empty: all.
  StatusNews(const Log& log, const EventFilter& filter, std::vector<std::string> types)
      : log_(log), filter_(filter), types_(std::move(types)) {}

  /// What the event at `position` changed, as of `day`. Costs one subject's rows. Errors: those of
  /// Differences and of `tell`.
  [[nodiscard]] Outcome of_event(const RecordedEvent& event, Day day, const TellDifferences& tell);
  /// What the days after `from` up to `to` brought of what the log holds up to `at`: one call for
  /// each day that changed anything. Costs a pass over the index, and the rows of the subjects for
  /// which one of these days may matter.
  [[nodiscard]] Outcome of_days(Day from, Day to, Position at, const TellDifferences& tell);

 private:
  [[nodiscard]] Outcome between(std::vector<NamedSubject> subjects, const Vantage& from,
                                const Vantage& to, const TellDifferences& tell);

  const Log& log_;
  const EventFilter& filter_;
  std::vector<std::string> types_;
};

}  // namespace solnoma
