#include <fmt/format.h>

#include "tools/commands/commands.hpp"

namespace solnoma {

void add_init(CommandLine& line, Context& context) {
  Command command = line.command("init", "Make an empty store");
  command.run([&context]() -> Outcome {
    if (auto made = Journal::create(context.disk, context.store); !made) return refuse(made);
    context.out.line(fmt::format("made an empty store at {}", context.store));
    return {};
  });
}

}  // namespace solnoma
