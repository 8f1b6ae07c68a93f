#pragma once

#include "engine/result.hpp"
#include "tools/context.hpp"

namespace solnoma {

/// Whether an answer was refused for want of the index alone, and stays so: it is being derived
/// again, or cannot be, since somebody else writes to the store or nobody may. Otherwise a command
/// that returns the error is asked again with the index derived anew (cli.cpp).
[[nodiscard]] bool lacks_index(const Error& error, const Context& context);

}  // namespace solnoma
