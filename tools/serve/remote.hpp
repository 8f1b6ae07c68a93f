#pragma once

#include <optional>
#include <string>

#include "tools/command_line.hpp"
#include "tools/context.hpp"

namespace solnoma {

/// Whether the store is a server (questions.hpp): http://… or https://….
[[nodiscard]] bool is_remote(const std::string& store);

/// Asks the server what was typed, and writes its answer as the command would. Errors: usage for a
/// command that is not asked over the network; those of the command, as the server tells them;
/// store where it cannot be reached.
[[nodiscard]] Outcome ask_remote(const TypedCommand& typed, Context& context);

}  // namespace solnoma
