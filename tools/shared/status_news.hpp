#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "engine/log.hpp"
#include "tools/report/view/differences.hpp"
#include "tools/shared/event_filter.hpp"
#include "tools/shared/turning_days.hpp"

namespace solnoma {

/// What an event, or a day that came, changed of statuses and plans.
struct StatusChange {
  const Differences& differences;  ///< between neighbouring vantages; not empty
  const RecordedEvent* event;      ///< null: the day came
};
/// False: that is enough for now.
using TellChange = std::function<Try<bool>(const StatusChange&)>;

/// The changes of statuses and plans, one after the other, from a vantage on: what each event
/// brought as of the day on which it was recorded, and between events, what each day brought.
/// What is told of a stretch of the log and of days does not depend on where one stopped within it.
/// For one thread. The log and the filter must outlive it.
class StatusNews {
 public:
  /// `types`: of plans; empty: all. `local_day`: on which day an instant lies. Goes on from
  /// `begin`, whose known_by is open.
  StatusNews(const Log& log, const EventFilter& filter, std::vector<std::string> types,
             std::function<Day(Instant)> local_day, const Vantage& begin)
      : log_(log),
        filter_(filter),
        types_(std::move(types)),
        local_day_(std::move(local_day)),
        told_(begin),
        turns_(log) {}

  /// Tells what there is up to `end`, until `tell` has enough, or about `effort` events and
  /// subjects were looked at; of one day all subjects are. True: there may be more. What is told
  /// counts as told before `tell` is called. Costs a subject's rows for each that is looked at, and
  /// what TurningDays costs. Errors: those of Differences and of `tell`.
  [[nodiscard]] Try<bool> go_on(const Vantage& end, std::size_t effort, const TellChange& tell);

  /// Up to where all is told.
  [[nodiscard]] const Vantage& told() const { return told_; }
  /// How many events and subjects the last go_on() looked at.
  [[nodiscard]] std::size_t looked_at() const { return looked_at_; }

 private:
  [[nodiscard]] Outcome take(const RecordedEvent& event, Day today);
  [[nodiscard]] Outcome days_up_to(Day day);
  [[nodiscard]] Outcome between(std::vector<NamedSubject> subjects, const Vantage& from,
                                const RecordedEvent* event);
  [[nodiscard]] bool enough() const { return enough_ || looked_at_ >= effort_; }

  const Log& log_;
  const EventFilter& filter_;
  std::vector<std::string> types_;
  std::function<Day(Instant)> local_day_;
  Vantage told_;
  TurningDays turns_;
  // Of one go_on():
  const TellChange* tell_ = nullptr;
  std::size_t looked_at_ = 0, effort_ = 0;
  bool enough_ = false;
};

/// Up to which day all was told when position `at` had just been recorded: the day on which it was,
/// or what is seen before it; of position 0, that of the first event; never after `today`. Errors:
/// corrupt, io.
[[nodiscard]] Result<Day> day_at(const Log& log, Position at, Day today,
                                 const std::function<Day(Instant)>& local_day);

}  // namespace solnoma
