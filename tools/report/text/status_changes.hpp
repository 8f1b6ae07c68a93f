#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/log.hpp"
#include "engine/owned_events.hpp"
#include "events/event.hpp"

namespace solnoma {

/// What recording `events`, which are of one subject, would change in its status, at which dates,
/// with all that is known: one line for each stretch of days; none where nothing changes. `marks`:
/// how each is dated. Precondition: at least one event. Errors: corrupt, io.
[[nodiscard]] Result<std::vector<std::string>> describe_changes(const Log& log,
                                                                std::span<const Event> events,
                                                                std::span<const Dating> marks,
                                                                Language language);

/// The same of events of any subjects, subject by subject; one line says that nothing changes.
/// `prepared` is made of them.
[[nodiscard]] Result<std::vector<std::string>> describe_all_changes(const Log& log,
                                                                    std::span<const Event> events,
                                                                    const OwnedEvents& prepared,
                                                                    Language language);

}  // namespace solnoma
