#include <fmt/format.h>

#include "events/event_type.hpp"
#include "tools/commands/commands.hpp"
#include "tools/shared/event.hpp"
#include "tools/shared/event_id.hpp"
#include "tools/shared/selection.hpp"

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

/// A subject without a kind is meant by its name, as in a question; an id by its beginning.
Outcome name_recorded(Context& context, AppendOptions& options) {
  const bool named = options.subject.find('/') == options.subject.npos;
  if (!named && options.fulfils.empty()) return {};
  auto log = context.read();
  if (!log) return refuse(log);
  if (auto ok = make_whole(**log, options.fulfils); !ok || !named) return ok;
  auto found = find_subject(**log, options.subject);
  if (!found) {
    if (found.error().code == Errc::not_found && found.error().remedy.empty())
      found.error().remedy = "write a new subject as kind/name, as in park/chirchik";
    return refuse_choice(found);
  }
  options.subject = std::move(found->first);
  return {};
}

Outcome run(Context& context, AppendOptions options) {
  auto expected = parse_expected(options.expect);
  if (!expected) return refuse(expected);
  if (auto ok = name_recorded(context, options); !ok) return ok;
  if (auto ok = read_dates(options, context); !ok) return ok;
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
  command.argument("SUBJECT", options->subject,
                   "To what: kind/name, as in park/chirchik; of one that is recorded, its name");
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
