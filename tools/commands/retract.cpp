#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "tools/commands/commands.hpp"
#include "tools/shared/superseding.hpp"

namespace solnoma {
namespace {

struct RetractOptions : EventOptions {
  SupersededOptions old;
  std::vector<std::string> ids;
  std::string reason;
};

Outcome retraction_of(const Superseded& old, const RetractOptions& options, Context& context,
                      Event& event) {
  event.subject = old.event.subject;
  event.type = "retracted";
  if (auto ok = supersede({old.event.id, old.event.source}, old.event, options.old, context, event);
      !ok)
    return ok;
  event.note = options.reason;
  if (auto ok = apply(options, event); !ok) return ok;
  return check_superseding(event, options.old, options);
}

/// All of them or none: half of what was meant to go would be a third state.
Outcome retract(Context& context, RetractOptions options) {
  if (options.ids.size() > 1 && !options.id.empty())
    return usage("--id names one retraction", "leave it out: an id follows from the content");
  if (auto ok = read_dates(options, context); !ok) return ok;
  std::vector<Superseded> olds;
  std::vector<Event> events;
  std::vector<Expectation> expectations;
  for (const std::string& id : options.ids) {
    options.old.id = id;
    auto old = find_superseded(context, options.old);
    if (!old) return refuse(old);
    Event event;
    if (auto ok = retraction_of(*old, options, context, event); !ok) return ok;
    if (std::ranges::find(events, event) != events.end()) continue;  // named twice
    if (std::ranges::find(expectations, event.subject, &Expectation::subject) == expectations.end())
      expectations.push_back({event.subject, Exactly{old->newest}});
    events.push_back(std::move(event));
    olds.push_back(std::move(*old));
  }
  if (auto ok = record_together(context, events, expectations, options.old.dry_run); !ok) return ok;
  for (const Superseded& old : olds)
    if (!old.older_retraction.empty())
      context.out.line(fmt::format("'{}' stays retracted by '{}', which had other words",
                                   old.retracted.id, old.older_retraction));
  return {};
}

}  // namespace

void add_retract(CommandLine& line, Context& context) {
  Command command = line.command("retract", "Take events out of account, and say why");
  auto options = std::make_shared<RetractOptions>();
  command.arguments("ID", options->ids, "Id of an event, or its beginning; of several: all or none",
                    /*required=*/true);
  add_superseding(command, options->old,
                  "solnoma retract s1-jizzakh-opened --reason 'a misreading'\n"
                  "Retracting a retraction brings back what that had withdrawn.");
  command.option("--reason", options->reason, "Why", "TEXT", "", /*required=*/true);
  command.option("--known", options->known, "The day on which that was published", "DATE", "today");
  add_source_options(command, options->sources);
  command.option("--id", options->id, "Id of the retraction; follows from its content", "TEXT");
  command.run([&context, options] { return retract(context, *options); });
}

}  // namespace solnoma
