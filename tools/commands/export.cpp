#include <fmt/format.h>

#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/files/csv.hpp"

namespace solnoma {
namespace {

struct ExportOptions {
  std::string format = "jsonl";
};

Outcome run(Context& context, const ExportOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  const bool csv = options.format == "csv";
  if (csv) context.out.write(csv_head());
  std::optional<Error> error;
  auto read = (*log)->read(Position{1}, Direction::forwards, [&](const RecordedEvent& recorded) {
    auto stored = decode(recorded);
    if (!stored) {
      error = at(fmt::format("position {}", recorded.position.value), stored.error()).error();
      return false;
    }
    if (csv)
      context.out.write(csv_event(*stored));
    else
      context.out.line(event_to_json(*stored));
    return !context.out.failed();
  });
  if (error) return std::unexpected(Failure(*error));
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
