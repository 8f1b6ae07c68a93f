#include <fmt/format.h>

#include "tools/commands/commands.hpp"

namespace solnoma {

void add_init(CommandLine& line, Context& context) {
  Command command = line.command("init", "Make an empty store");
  command.run([&context]() -> Outcome {
    const std::string store = context.store_to_make();
    if (auto made = Journal::create(context.disk, store); !made) return refuse(made);
    context.out.line(fmt::format("made an empty store at {}", store));
    return {};
  });
}

}  // namespace solnoma
