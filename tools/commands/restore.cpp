#include "tools/commands/commands.hpp"
#include "tools/shared/store_copy.hpp"

namespace solnoma {

void add_restore(CommandLine& line, Context& context) {
  Command command = line.command("restore", "Make a new store from a backup");
  auto directory = std::make_shared<std::string>();
  auto upto = std::make_shared<std::string>();
  command.argument("DIR", *directory, "Directory of the backup");
  command.option(
      "--at", *upto,
      "Only up to this position, or to the end of this day or instant as the log stamped it",
      "POSITION", "all");
  command.footer("Example:\n  solnoma --store ./again restore ./backup --at 41");
  command.run([&context, directory, upto] {
    return copy_store(context, {.from = *directory, .to = context.store, .upto = *upto},
                      "restored");
  });
}

}  // namespace solnoma
