#include <fmt/format.h>

#include "events/event_type.hpp"
#include "tools/commands/commands.hpp"
#include "tools/shared/event.hpp"

namespace solnoma {
namespace {

struct AppendOptions : EventOptions {
  std::string type, subject, expect;
  bool dry_run = false;
};

std::string type_list() {
  std::string text = "Types:";
  std::size_t column = 80;
  for (const EventType& type : kEventTypes) {
    if (column + type.name.size() > 76) {
      text += "\n ";
      column = 1;
    }
    text += fmt::format(" {}", type.name);
    column += type.name.size() + 1;
  }
  return text;
}

Outcome run(Context& context, const AppendOptions& options) {
  auto expected = parse_expected(options.expect);
  if (!expected) return refuse(expected);
  Event event;
  event.source = kToolSource;
  event.subject = options.subject;
  event.type = options.type;
  auto today = context.today();
  if (!today) return refuse(today);
  event.known = *today;
  if (auto ok = apply(options, event); !ok) return ok;
  return record(
      context, event,
      {.expected = *expected, .dry_run = options.dry_run, .new_names = options.new_names});
}

}  // namespace

void add_append(CommandLine& line, Context& context) {
  Command command = line.command("append", "Record one event");
  auto options = std::make_shared<AppendOptions>();
  command.argument("TYPE", options->type, "What happened");
  command.argument("SUBJECT", options->subject, "To what: kind/name, as in park/chirchik");
  add_event_options(command, *options);
  command.option("--expect", options->expect, "any, new, or the subject's newest revision", "REV",
                 "any");
  command.flag("--dry-run", options->dry_run,
               "Show which statuses it would change; record nothing");
  command.footer(type_list() +
                 "\nExample:\n  solnoma append opened park/jizzakh --occurred 2023-04 "
                 "--known 2024-02-02 \\\n      --title 'The park opens' --publisher 'RIA Novosti'");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
