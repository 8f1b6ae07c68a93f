#include "tools/commands/commands.hpp"
#include "tools/shared/store_copy.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {

void add_restore(CommandLine& line, Context& context) {
  Command command = line.command("restore", "Make a new store from a backup");
  auto directory = std::make_shared<std::string>();
  auto upto = std::make_shared<std::string>();
  command.argument("DIR", *directory, "Directory of the backup");
  command.option("--at", *upto, std::string("Only up to this position; or ") + kAtHelp, "POSITION",
                 "all");
  command.footer("Example:\n  solnoma --store ./again restore ./backup --at 41");
  command.run([&context, directory, upto] {
    return copy_store(context, {.from = *directory, .to = context.store_to_make(), .upto = *upto},
                      "restored");
  });
}

}  // namespace solnoma
