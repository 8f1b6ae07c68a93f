#pragma once

#include <optional>

#include "tools/import/known_names.hpp"

namespace solnoma {

/// The first new name of an event that looks like a slip: its subject, where that is new, or what
/// it uses and `old` (which may be null) does not. Costs a pass over the names of all subjects
/// where the subject is new, and reads events where figures or kinds are. Errors: corrupt, io.
[[nodiscard]] Result<std::optional<Slip>> find_slip(const Log& log, const Event& event,
                                                    const Event* old);

}  // namespace solnoma
