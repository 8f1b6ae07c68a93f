#include "tools/commands/commands.hpp"
#include "tools/shared/superseding.hpp"

namespace solnoma {
namespace {

struct RetractOptions : EventOptions {
  SupersededOptions old;
  std::string reason;
};

Outcome retract(Context& context, const RetractOptions& options) {
  auto old = find_superseded(context, options.old);
  if (!old) return refuse(old);
  Event event;
  event.subject = old->subject;
  event.type = "retracted";
  supersede(*old, context, event);
  event.note = options.reason;
  if (auto ok = apply(options, event); !ok) return ok;
  if (auto ok = check_new_id(event); !ok) return ok;
  return record(context, event, AnyRevision{}, options.old.dry_run);
}

}  // namespace

void add_retract(CommandLine& line, Context& context) {
  Command command = line.command("retract", "Take an event out of account, and say why");
  auto options = std::make_shared<RetractOptions>();
  add_superseded(command, options->old);
  command.option("--reason", options->reason, "Why", "TEXT", "", /*required=*/true);
  command.option("--known", options->known, "The day on which that was published", "DATE", "today");
  command.option("--publisher", options->publisher, "Who published it", "TEXT");
  command.option("--source-url", options->source_url, "Where it can be read", "URL");
  command.option("--id", options->id, "Id of the retraction; follows from its content", "TEXT");
  command.footer("Example:\n  solnoma retract s1-jizzakh-opened --reason 'a misreading'");
  command.run([&context, options] { return retract(context, *options); });
}

}  // namespace solnoma
