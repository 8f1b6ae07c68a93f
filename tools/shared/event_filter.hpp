#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/log.hpp"
#include "events/event.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {

/// Which events of the log are asked for, as it is typed.
struct EventChoices {
  Selection selection;
  std::vector<std::string> publishers;
  std::string from, to;

  [[nodiscard]] bool any() const;
};

/// Adds --subject, --publisher, --from, --to and those of add_choices().
void add_event_choices(Command& command, EventChoices& choices);

/// Which events are taken. The log must outlive it. Asking it is thread-safe.
class EventFilter {
 public:
  /// Errors: those of choose() and check_types(); usage for dates.
  [[nodiscard]] static Try<EventFilter> of(const EventChoices& choices, Context& context,
                                           const Log& log);

  [[nodiscard]] bool takes(const Event& event) const;
  [[nodiscard]] bool takes_all() const { return all_; }
  [[nodiscard]] bool takes_subject(std::string_view subject) const {
    return all_subjects_ || subjects_.contains(subject);
  }

  /// Chooses the subjects again, after the log has grown: of new ones some may be meant. Errors:
  /// those of choose().
  [[nodiscard]] Result<void> choose_subjects();

 private:
  explicit EventFilter(const Log& log) : log_(&log) {}

  const Log* log_;
  Selection selection_;
  Day today_;
  std::vector<std::string> publishers_;  // folded
  Bounds known_;
  bool all_ = true;
  bool all_subjects_ = true;
  std::set<std::string, std::less<>> subjects_;
};

}  // namespace solnoma
