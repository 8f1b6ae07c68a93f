#pragma once

#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// The history that ships with the program: the files of `events/history/`, in the order
/// of their publication. Errors: invalid, naming the file, when one was edited wrongly.
[[nodiscard]] Result<std::vector<Event>> shipped_history();

}  // namespace solnoma
