#pragma once

#include <cstddef>
#include <functional>
#include <utility>

#include "events/event.hpp"
#include "tools/context.hpp"
#include "tools/serve/viewer.hpp"
#include "tools/shared/event_filter.hpp"

namespace solnoma {

/// Where one who reads events stands: in the order of the log, those that the choices take, piece
/// by piece. For one thread. The log must outlive it.
class EventReader {
 public:
  /// Behind `after`. Errors: those of EventFilter::of().
  [[nodiscard]] static Try<EventReader> of(const EventChoices& choices, const Context& world,
                                           const Viewer& viewer, Position after);

  /// False: that is enough for now.
  using Say = std::function<bool(const StoredEvent&)>;
  /// Hands on what is wanted behind seen(), until `say` has enough, or some 4,000 events were
  /// looked at: no reader keeps a thread for long. True: there may be more. Errors: those of
  /// Log::read(), decode() and EventFilter::choose_subjects().
  [[nodiscard]] Result<bool> go_on(const Say& say);

  /// Up to where all was handed on, or passed over.
  [[nodiscard]] Position seen() const { return seen_; }

 private:
  EventReader(Log& log, EventFilter filter, Position after)
      : log_(&log), filter_(std::move(filter)), seen_(after) {}

  static constexpr std::size_t kLookedAt = 4'096;

  Log* log_;
  EventFilter filter_;
  Position seen_;
  Position chosen_at_{0};  // the head when the subjects were chosen
};

}  // namespace solnoma
