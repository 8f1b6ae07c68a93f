#pragma once

#include <string>

#include "engine/log.hpp"
#include "events/event.hpp"

namespace solnoma {

/// What recording `event` would change in its subject's status, at which dates, with all
/// that is known: one line for each stretch of days, or one that says that nothing
/// changes. Errors: corrupt, io.
[[nodiscard]] Result<std::string> describe_changes(const Log& log, const Event& event,
                                                   const Dating& mark);

}  // namespace solnoma
