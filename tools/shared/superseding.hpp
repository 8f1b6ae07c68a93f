#pragma once

#include <string>

#include "tools/shared/event.hpp"

namespace solnoma {

/// Which event a correction or retraction supersedes.
struct SupersededOptions {
  std::string id;      ///< or its beginning: event_id.hpp
  std::string source;  ///< empty: the only one that has the id
  bool slip = false;
  bool dry_run = false;
};

/// Adds --source-of, --slip and --dry-run to a command, and to its footer what --slip is for.
void add_superseding(Command& command, SupersededOptions& options, const std::string& example);
/// Adds ID as well.
void add_superseded(Command& command, SupersededOptions& options, const std::string& example);

/// An event as others name it.
struct EventName {
  std::string id, source;
};

/// An event that may be superseded, and what stands around it.
struct Superseded {
  Event event;
  Revision newest;  ///< of its subject, when it was looked at
  /// The last of what was built upon the event. That was withdrawn, or the event could not be
  /// superseded; it stays so when a correction supersedes it rather than the event.
  EventName end_of_chain;
  /// Of a retraction: what it withdraws; and the id of an older one that withdraws the same.
  EventName retracted;
  std::string older_retraction;
};

/// Errors: not_found; invalid when several sources have the id; conflict when it is superseded
/// already, or is a retraction that another one words better; corrupt, io.
[[nodiscard]] Try<Superseded> find_superseded(Context& context, const SupersededOptions& options);

/// Makes of `event` a new event of the tool that supersedes `old`, and became known today, or with
/// --slip when `corrected` did. Errors: usage for a wrong --today.
[[nodiscard]] Outcome supersede(const EventName& old, const Event& corrected,
                                const SupersededOptions& options, Context& context, Event& event);

/// Errors: usage when the event has the id of the one that it corrects or supersedes, or --slip
/// and --known are both given.
[[nodiscard]] Outcome check_superseding(const Event& event, const SupersededOptions& old,
                                        const EventOptions& given);

/// Records what `told` says as a correction of `old`, with what is `given` put over it. Of a
/// retraction it is one that is worded better. Errors: usage where nothing is told differently;
/// those of check_superseding() and record().
[[nodiscard]] Outcome record_correction(Context& context, const Superseded& old, Event told,
                                        const SupersededOptions& options,
                                        const EventOptions& given);

}  // namespace solnoma
