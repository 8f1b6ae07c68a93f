#include "tools/commands/commands.hpp"
#include "tools/shared/store_copy.hpp"

namespace solnoma {

void add_backup(CommandLine& line, Context& context) {
  Command command =
      line.command("backup", "Copy the log into another store; again: only what is new since");
  auto directory = std::make_shared<std::string>();
  command.argument("DIR", *directory, "Directory of the copy");
  command.footer(
      "A backup is a store: every question can be asked of it with --store DIR.\n"
      "It may be taken while another program appends.");
  command.run([&context, directory] {
    return copy_store(context, {.from = context.store, .to = *directory, .may_exist = true},
                      "copied");
  });
}

}  // namespace solnoma
