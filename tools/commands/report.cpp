#include "tools/commands/commands.hpp"
#include "tools/shared/document.hpp"

namespace solnoma {

void add_report(CommandLine& line, Context& context) {
  Command command = line.command("report", "A whole report: board, timelines, plans, sources");
  auto options = std::make_shared<DocumentOptions>();
  add_document_with_changes(command, *options, &Format::report);
  command.footer(
      "--since makes it a change report: what happened, became known, was corrected and fell due\n"
      "since then, as page, as the body of a mail, as text, Markdown or JSON. A VANTAGE is that "
      "of\n"
      "`diff`: as-of=DATE,known-by=DATE,at=POSITION, where what is left out is as in the options\n"
      "above. Once a month:\n"
      "  solnoma report --since as-of=2025-10-31,known-by=2025-10-31 --as-of 2025-11-30 \\\n"
      "    --known-by 2025-11-30 --format mail -o november.html\n"
      "--format json holds what can be said from every day, not from one: README of tools/.\n"
      "Example:\n  solnoma report --as-of 2025-12-31 --lang ru --region Бухарская --format "
      "markdown");
  command.run([&context, options] { return write_document(context, *options, &Format::report); });
}

}  // namespace solnoma
