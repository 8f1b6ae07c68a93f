#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "tools/context.hpp"
#include "tools/serve/viewer.hpp"
#include "tools/shared/event_filter.hpp"
#include "tools/shared/status_news.hpp"

namespace solnoma {

/// Where one who reads changes of statuses and plans stands, and each change as it is told:
/// `{"cursor", "cause", "diff"}`, one line without its end. Its parts refer to each other: it stays
/// where it is. For one thread. `world` and the log must outlive it.
class ChangeReader {
 public:
  /// From the vantage `begin` on. Errors: those of EventFilter::of().
  [[nodiscard]] static Try<std::unique_ptr<ChangeReader>> of(const EventChoices& choices,
                                                             const Context& world,
                                                             const Viewer& viewer,
                                                             const Vantage& begin);
  ChangeReader(const ChangeReader&) = delete;
  ChangeReader& operator=(const ChangeReader&) = delete;

  /// False: that is enough for now.
  using Say = std::function<bool(const std::string& line)>;
  /// Hands on each change up to now, until `say` has enough or about `effort` events and subjects
  /// were looked at; it counts as told before `say` is called. True: there may be more. Errors:
  /// those of StatusNews::go_on().
  [[nodiscard]] Try<bool> go_on(std::size_t effort, const Say& say);

  /// Up to where all is told.
  [[nodiscard]] const Vantage& told() const { return news_.told(); }

 private:
  ChangeReader(const Context& world, const Viewer& viewer, EventFilter filter,
               const EventChoices& choices, const Vantage& begin, Position chosen_at);

  Context context_;
  Log* log_;
  EventFilter filter_;
  StatusNews news_;
  Position chosen_at_;  // the head when the subjects were chosen
};

}  // namespace solnoma
