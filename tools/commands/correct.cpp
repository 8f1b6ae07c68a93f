#include "events/event_type.hpp"
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

/// Whether nothing is told differently: what every new event has of its own does not count.
bool tells_the_same(Event event, const Event& old, const EventOptions& given) {
  event.id = old.id;
  event.source = old.source;
  event.supersedes = old.supersedes;
  event.supersedes_source = old.supersedes_source;
  if (given.known.empty()) {
    event.known = old.known;
    event.known_precision = old.known_precision;
  }
  return event == old;
}

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
  // A retraction that is told better withdraws the same; to supersede it would undo it.
  const auto& retracted = kEventTypes[kRetracted].name;
  const bool rewords = old->event.type == retracted && event.type == retracted;
  if (auto ok = supersede(rewords ? old->retracted : old->end_of_chain, old->event, options.old,
                          context, event);
      !ok)
    return ok;
  if (auto ok = apply(options, event); !ok) return ok;
  if (tells_the_same(event, old->event, options))
    return usage("nothing is corrected", "say what is different");
  if (auto ok = check_superseding(event, options.old, options); !ok) return ok;
  return record(context, event,
                {.expected = Exactly{old->newest},
                 .dry_run = options.old.dry_run,
                 .new_names = options.new_names,
                 .old = &old->event});
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
