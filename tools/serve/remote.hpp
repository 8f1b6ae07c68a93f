#pragma once

#include <optional>
#include <string>

#include "tools/command_line.hpp"
#include "tools/context.hpp"

namespace solnoma {

/// Whether the store is a server (questions.hpp): http://… or https://….
[[nodiscard]] bool is_remote(const std::string& store);

/// Where `typed` records in a store of this machine that a server holds, that server, as the store
/// to ask, with its token: the command need not wait until the server ends. `context` is set so.
[[nodiscard]] bool goes_to_local_server(const TypedCommand& typed, Context& context);

/// Asks the server what was typed, and writes its answer as the command would. Errors: usage for a
/// command that is not asked over the network; those of the command, as the server tells them;
/// store where it cannot be reached. `direct`: through no proxy.
[[nodiscard]] Outcome ask_remote(TypedCommand typed, Context& context, bool direct = false);

}  // namespace solnoma
