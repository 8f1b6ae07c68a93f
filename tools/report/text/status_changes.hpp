#pragma once

#include <span>
#include <string>

#include "engine/log.hpp"
#include "events/event.hpp"

namespace solnoma {

/// What recording `events`, which are of one subject, would change in its status, at which dates,
/// with all that is known: one line for each stretch of days, or one that says that nothing
/// changes. `marks`: how each is dated. Precondition: at least one event. Errors: corrupt, io.
[[nodiscard]] Result<std::string> describe_changes(const Log& log, std::span<const Event> events,
                                                   std::span<const Dating> marks);

}  // namespace solnoma
