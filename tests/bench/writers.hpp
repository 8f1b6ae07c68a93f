#pragma once

#include <vector>

#include "engine/journal.hpp"
#include "events/event.hpp"

namespace solnoma::bench {

/// Events a second of as many threads as there are lists, each of which appends its own, one at a
/// time. Throws Wrong where one is not recorded.
[[nodiscard]] double rate_of_writers(Journal& journal,
                                     const std::vector<std::vector<Event>>& events);

}  // namespace solnoma::bench
