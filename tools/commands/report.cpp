#include "tools/commands/commands.hpp"
#include "tools/shared/document.hpp"

namespace solnoma {

void add_report(CommandLine& line, Context& context) {
  Command command = line.command("report", "A whole report: board, timelines, plans, sources");
  auto options = std::make_shared<DocumentOptions>();
  add_document(command, *options, &Format::report);
  command.footer(
      "--format json holds what can be said from every day, not from one: README of tools/.\n"
      "Example:\n  solnoma report --as-of 2025-12-31 --lang ru --region Бухарская --format "
      "markdown");
  command.run([&context, options] { return write_document(context, *options, &Format::report); });
}

}  // namespace solnoma
