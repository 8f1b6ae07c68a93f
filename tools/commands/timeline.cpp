#include "tools/commands/commands.hpp"
#include "tools/shared/document.hpp"

namespace solnoma {

void add_timeline(CommandLine& line, Context& context) {
  Command command =
      line.command("timeline", "Dated marks of subjects, planned and actual, as of a day");
  auto options = std::make_shared<DocumentOptions>();
  add_document(command, *options, &Format::timeline);
  command.footer("Example:\n  solnoma timeline park/bukhara --known-by 2025-10-01");
  command.run([&context, options] { return write_document(context, *options, &Format::timeline); });
}

}  // namespace solnoma
