#include <fmt/format.h>

#include "tools/commands/commands.hpp"
#include "tools/shared/superseding.hpp"

namespace solnoma {
namespace {

struct RetractOptions : EventOptions {
  SupersededOptions old;
  std::string reason;
};

Outcome retract(Context& context, RetractOptions options) {
  if (auto ok = read_dates(options, context); !ok) return ok;
  auto old = find_superseded(context, options.old);
  if (!old) return refuse(old);
  Event event;
  event.subject = old->event.subject;
  event.type = "retracted";
  if (auto ok =
          supersede({old->event.id, old->event.source}, old->event, options.old, context, event);
      !ok)
    return ok;
  event.note = options.reason;
  if (auto ok = apply(options, event); !ok) return ok;
  if (auto ok = check_superseding(event, options.old, options); !ok) return ok;
  auto ok =
      record(context, event, {.expected = Exactly{old->newest}, .dry_run = options.old.dry_run});
  if (ok && !old->older_retraction.empty())
    context.out.line(fmt::format("'{}' stays retracted by '{}', which had other words",
                                 old->retracted.id, old->older_retraction));
  return ok;
}

}  // namespace

void add_retract(CommandLine& line, Context& context) {
  Command command = line.command("retract", "Take an event out of account, and say why");
  auto options = std::make_shared<RetractOptions>();
  add_superseded(command, options->old,
                 "solnoma retract s1-jizzakh-opened --reason 'a misreading'\n"
                 "Retracting a retraction brings back what that had withdrawn.");
  command.option("--reason", options->reason, "Why", "TEXT", "", /*required=*/true);
  command.option("--known", options->known, "The day on which that was published", "DATE", "today");
  add_source_options(command, options->sources);
  command.option("--id", options->id, "Id of the retraction; follows from its content", "TEXT");
  command.run([&context, options] { return retract(context, *options); });
}

}  // namespace solnoma
