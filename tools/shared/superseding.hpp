#pragma once

#include <string>

#include "tools/shared/event.hpp"

namespace solnoma {

/// Which event a correction or retraction supersedes.
struct SupersededOptions {
  std::string id;
  std::string source;  ///< empty: the only one that has the id
  bool dry_run = false;
};

/// Adds ID, --source-of and --dry-run to a command.
void add_superseded(Command& command, SupersededOptions& options);

/// The event that is to be superseded. Errors: not_found; invalid when several sources have the
/// id; conflict when it is superseded already; corrupt, io.
[[nodiscard]] Try<Event> find_superseded(Context& context, const SupersededOptions& options);

/// Makes of `event` a new event of the tool that supersedes `old`.
void supersede(const Event& old, Context& context, Event& event);

/// Errors: usage when the event would supersede itself.
[[nodiscard]] Outcome check_new_id(const Event& event);

}  // namespace solnoma
