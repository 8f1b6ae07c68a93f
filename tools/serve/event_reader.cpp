#include "tools/serve/event_reader.hpp"

#include <optional>

#include "events/codec.hpp"
#include "tools/serve/served_context.hpp"

namespace solnoma {

Try<EventReader> EventReader::of(const EventChoices& choices, const Context& world,
                                 const Viewer& viewer, Position after) {
  Context context = served_context(world, viewer);
  auto filter = EventFilter::of(choices, context, viewer.log);
  if (!filter) return refuse(filter);
  return EventReader(viewer.log, std::move(*filter), after);
}

Result<bool> EventReader::go_on(const Say& say) {
  const Position head = log_->head();
  if (chosen_at_ < head) {
    if (auto ok = filter_.choose_subjects(); !ok) return std::unexpected(ok.error());
    chosen_at_ = head;
  }
  std::size_t looked_at = 0;
  std::optional<Error> error;
  auto read = log_->read(seen_.next(), Direction::forwards, [&](const RecordedEvent& recorded) {
    // What comes meanwhile may be of a subject that was not there to be chosen.
    if (recorded.position > head || looked_at++ >= kLookedAt) return false;
    bool more = true;
    if (filter_.takes_subject(recorded.subject)) {
      auto stored = decode(recorded);
      if (!stored) {
        error = stored.error();
        return false;
      }
      if (filter_.takes(stored->event)) more = say(*stored);
    }
    seen_ = recorded.position;
    return more;
  });
  if (error) return std::unexpected(*error);
  if (!read) return std::unexpected(read.error());
  return seen_ < log_->head();
}

}  // namespace solnoma
