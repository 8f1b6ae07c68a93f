#pragma once

#include "tools/context.hpp"

namespace solnoma {

/// Parses the command line and runs the command. Errors go to standard error as one line.
/// Returns the exit code.
[[nodiscard]] int run(int argc, const char* const* argv, Context& context);

}  // namespace solnoma
