#include <string>

#include "events/exchange.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/files/csv.hpp"
#include "tools/shared/event_lines.hpp"

namespace solnoma {
namespace {

struct ExportOptions {
  std::string format = "jsonl";
};

Outcome run(Context& context, const ExportOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  context.page();
  const bool csv = options.format == "csv";
  if (csv) context.out.write(csv_head());
  EventLines lines(context.out, [csv](const StoredEvent& stored, std::string& text) {
    if (csv) {
      text += csv_event(stored);
    } else {
      event_to_json(stored, text);
      text += '\n';
    }
  });
  const auto read =
      (*log)->read(Position{1}, Direction::forwards,
                   [&](const RecordedEvent& recorded) { return lines.add(recorded); });
  if (auto ok = lines.finish(); !ok) return refuse(ok);
  if (!read) return refuse(read);
  return {};
}

}  // namespace

void add_export(CommandLine& line, Context& context) {
  Command command = line.command("export", "Print the whole log, the same bytes each time");
  auto options = std::make_shared<ExportOptions>();
  command.choice("--format", options->format, {"jsonl", "csv"}, "CloudEvents, one a line, or CSV");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
