#include "tools/commands/commands.hpp"
#include "tools/shared/superseding.hpp"

namespace solnoma {
namespace {

struct CorrectOptions : EventOptions {
  SupersededOptions old;
  std::string type;
  bool actual = false;
};

bool same_but_for_id(Event a, const Event& b) {
  a.id = b.id;
  a.known = b.known;
  return a == b;
}

Outcome correct(Context& context, const CorrectOptions& options) {
  auto old = find_superseded(context, options.old);
  if (!old) return refuse(old);
  Event event = *old;
  supersede(*old, context, event);
  if (!options.type.empty()) event.type = options.type;
  if (options.actual) event.modality = Modality::actual;
  const Event before = event;
  if (auto ok = apply(options, event); !ok) return ok;
  if (same_but_for_id(before, event)) return usage("nothing is corrected", "say what is different");
  if (auto ok = check_new_id(event); !ok) return ok;
  return record(context, event, AnyRevision{}, options.old.dry_run);
}

}  // namespace

void add_correct(CommandLine& line, Context& context) {
  Command command = line.command(
      "correct",
      "Record a new event that supersedes a mistaken one: as it was, but for what is given");
  auto options = std::make_shared<CorrectOptions>();
  add_superseded(command, options->old);
  command.option("--type", options->type, "The right type", "TYPE");
  command.flag("--actual", options->actual, "It is done, not planned");
  add_event_options(command, *options);
  command.footer("Example:\n  solnoma correct s1-jizzakh-opened --occurred 2023-05");
  command.run([&context, options] { return correct(context, *options); });
}

}  // namespace solnoma
