#include <fmt/format.h>

#include "tools/commands/commands.hpp"

namespace solnoma {
namespace {

Outcome rebuild(Context& context) {
  auto journal = context.journal();
  if (!journal) return refuse(journal);
  {
    ProgressLine progress(context.progress, "rebuilding, at position");
    if (auto ok = (*journal)->rebuild([&](Position position) { progress.at(position.value); }); !ok)
      return refuse(ok);
  }
  context.out.line(fmt::format("rebuilt from {} events", (*journal)->log().head().value));
  return {};
}

}  // namespace

void add_rebuild(CommandLine& line, Context& context) {
  Command command = line.command("rebuild", "Derive everything from the log again");
  command.run([&context] { return rebuild(context); });
}

}  // namespace solnoma
