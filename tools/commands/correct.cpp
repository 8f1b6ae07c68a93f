#include "tools/commands/commands.hpp"
#include "tools/shared/event_id.hpp"
#include "tools/shared/superseding.hpp"

namespace solnoma {
namespace {

struct CorrectOptions : EventOptions {
  SupersededOptions old;
  std::string type;
  bool actual = false;
};

Outcome correct(Context& context, CorrectOptions options) {
  if (!options.fulfils.empty()) {
    auto log = context.read();
    if (!log) return refuse(log);
    if (auto ok = make_whole(**log, options.fulfils); !ok) return ok;
  }
  if (auto ok = read_dates(options, context); !ok) return ok;
  auto old = find_superseded(context, options.old);
  if (!old) return refuse(old);
  Event event = old->event;
  if (!options.type.empty()) event.type = options.type;
  if (options.actual) event.modality = Modality::actual;
  return record_correction(context, *old, std::move(event), options.old, options);
}

}  // namespace

void add_correct(CommandLine& line, Context& context) {
  Command command = line.command(
      "correct",
      "Record a new event that supersedes a mistaken one: as it was, but for what is given");
  auto options = std::make_shared<CorrectOptions>();
  add_superseded(command, options->old,
                 "solnoma correct s1-jizzakh-opened --occurred 2023-05\n"
                 "Correcting a retraction words it better: what it withdraws stays withdrawn.");
  command.option("--type", options->type, "The right type", "TYPE");
  command.flag("--actual", options->actual, "It is done, not planned");
  add_event_options(command, *options);
  command.run([&context, options] { return correct(context, *options); });
}

}  // namespace solnoma
