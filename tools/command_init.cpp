#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "tools/context.hpp"

namespace solnoma {

void add_init(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("init", "Make an empty store");
  command->callback([&context] {
    if (auto made = Journal::create(context.disk, context.store); !made) {
      context.outcome = refuse(made);
      return;
    }
    context.out.line(fmt::format("made an empty store at {}", context.store));
  });
}

}  // namespace solnoma
