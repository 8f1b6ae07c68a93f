#include "tools/import/imports.hpp"

#include <fmt/format.h>

#include "events/exchange.hpp"
#include "events/text/id_text.hpp"
#include "events/text/text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/text/isolated.hpp"

namespace solnoma {
namespace {

std::string text_line(const ImportEvent& import) {
  const Event& event = import.stored.event;
  const ImportRecord& record = *event.import_record;
  return fmt::format("{:>6}  {}  {:<24}  {:>7} rows {:>7} events  {}  [{}]{}",
                     import.stored.position.value, to_string(event.known), event.subject,
                     record.rows, record.events, isolated(visible(record.file)),
                     isolated(visible_id(event.id)), import.undone ? "  undone" : "");
}

Outcome run(Context& context, const std::string& format) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto all = imports(**log);
  if (!all) return refuse(all);
  context.page();
  if (all->empty() && format == "text") context.out.line("nothing was imported from a file");
  for (const ImportEvent& import : *all)
    context.out.line(format == "json" ? event_to_json(import.stored) : text_line(import));
  return {};
}

}  // namespace

void add_imports(CommandLine& line, Context& context) {
  Command command = line.command("imports", "List what was imported, from which files");
  auto format = std::make_shared<std::string>("text");
  command.choice("--format", *format, {"text", "json"}, "");
  command.footer(
      "Columns of the text: position, day of the import, dataset, rows, events, file, id.\n"
      "The JSON is that of export; it has the SHA-256 of the file.\n"
      "solnoma import --undo ID takes an import back.");
  command.run([&context, format] { return run(context, *format); });
}

}  // namespace solnoma
