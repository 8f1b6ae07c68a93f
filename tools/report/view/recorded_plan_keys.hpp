#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"
#include "projections/plan_keys.hpp"

namespace solnoma {

/// The plan keys of subjects, given by their rows: read in one pass over the log, and of each event
/// only what it says of plans. The same as plan_keys() of their events; none for a subject of which
/// an event names the plans that it fulfils, since that takes the ids of all. Memory: 20 bytes a
/// row. Errors: corrupt, io.
[[nodiscard]] Result<std::vector<std::optional<PlanKeys>>> recorded_plan_keys(
    const Log& log, std::span<const Rows> subjects);

}  // namespace solnoma
