#include <fmt/format.h>

#include "engine/check.hpp"
#include "projections/effective.hpp"
#include "tools/options/event.hpp"

namespace solnoma {
namespace {

struct CorrectOptions : EventOptions {
  std::string corrected, source_of, type, reason;
  bool actual = false;
  bool dry_run = false;
};

/// The id of the event that supersedes this one, with all that is known; empty: none.
Result<std::string> superseded_by(const Log& log, const StoredEvent& stored) {
  auto number = log.subject(stored.event.subject);
  if (!number) return std::unexpected(number.error());
  SOLNOMA_CHECK(number->has_value());
  auto rows = log.rows(**number);
  if (!rows) return std::unexpected(rows.error());
  const Revision by = effective(*rows, {}).superseded_by[stored.revision.value - 1];
  if (by.value == 0) return std::string();
  const Position position = (*rows)[by.value - 1].position();
  auto events = fetch(log, {&position, 1});
  if (!events) return std::unexpected(events.error());
  return events->front().event.id;
}

/// The event that is to be superseded. Errors: not_found; invalid when several sources
/// have the id; conflict when it is superseded already.
Try<Event> find_event(Context& context, const std::string& id, const std::string& source) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto positions = (*log)->find(id);
  if (!positions) return refuse(positions);
  auto events = fetch(**log, *positions);
  if (!events) return refuse(events);
  if (!source.empty())
    std::erase_if(*events, [&](const StoredEvent& e) { return e.event.source != source; });
  if (events->empty())
    return std::unexpected(Failure(Error{Errc::not_found,
                                         fmt::format("no event has the id '{}'", id.substr(0, 255)),
                                         {},
                                         "'solnoma log' shows the ids"}));
  if (events->size() > 1)
    return std::unexpected(Failure(Error{Errc::invalid,
                                         fmt::format("several sources have an event '{}'", id),
                                         {},
                                         "name one with --source-of"}));
  const StoredEvent& found = events->front();
  auto superseded = superseded_by(**log, found);
  if (!superseded) return refuse(superseded);
  if (!superseded->empty())
    return std::unexpected(
        Failure(Error{Errc::conflict,
                      fmt::format("'{}' is superseded by '{}' already", id, *superseded),
                      {},
                      fmt::format("correct or retract '{}'", *superseded)}));
  return found.event;
}

/// A new event that supersedes `old`, from the tool.
void supersede(const Event& old, Context& context, Event& event) {
  event.supersedes = old.id;
  event.source = kToolSource;
  event.supersedes_source = old.source == event.source ? "" : old.source;
  event.known = context.today();
}

bool same_but_for_id(Event a, const Event& b) {
  a.id = b.id;
  a.known = b.known;
  return a == b;
}

Outcome check_new_id(const Event& event) {
  if (event.id != event.supersedes) return {};
  return usage(fmt::format("--id: '{}' is the id of the event that is superseded", event.id),
               "give the new event an id of its own");
}

Outcome run_correct(Context& context, const CorrectOptions& options) {
  auto old = find_event(context, options.corrected, options.source_of);
  if (!old) return refuse(old);
  Event event = *old;
  supersede(*old, context, event);
  if (!options.type.empty()) event.type = options.type;
  if (options.actual) event.modality = Modality::actual;
  const Event before = event;
  if (auto ok = apply(options, event); !ok) return ok;
  if (same_but_for_id(before, event)) return usage("nothing is corrected", "say what is different");
  if (auto ok = check_new_id(event); !ok) return ok;
  return record(context, event, AnyRevision{}, options.dry_run);
}

Outcome run_retract(Context& context, const CorrectOptions& options) {
  auto old = find_event(context, options.corrected, options.source_of);
  if (!old) return refuse(old);
  Event event;
  event.subject = old->subject;
  event.type = "retracted";
  supersede(*old, context, event);
  event.note = options.reason;
  if (auto ok = apply(options, event); !ok) return ok;
  if (auto ok = check_new_id(event); !ok) return ok;
  return record(context, event, AnyRevision{}, options.dry_run);
}

void add_target(Command& command, CorrectOptions& options) {
  command.argument("ID", options.corrected, "Id of the event");
  command.option("--source-of", options.source_of, "Its source, where several have the id", "URI");
  command.flag("--dry-run", options.dry_run, "Show which statuses it would change; record nothing");
}

}  // namespace

void add_correct(CommandLine& line, Context& context) {
  Command command = line.command(
      "correct",
      "Record a new event that supersedes a mistaken one: as it was, but for what is given");
  auto options = std::make_shared<CorrectOptions>();
  add_target(command, *options);
  command.option("--type", options->type, "The right type", "TYPE");
  command.flag("--actual", options->actual, "It is done, not planned");
  add_event_options(command, *options);
  command.footer("Example:\n  solnoma correct s1-jizzakh-opened --occurred 2023-05");
  command.run([&context, options] { return run_correct(context, *options); });
}

void add_retract(CommandLine& line, Context& context) {
  Command command = line.command("retract", "Take an event out of account, and say why");
  auto options = std::make_shared<CorrectOptions>();
  add_target(command, *options);
  command.option("--reason", options->reason, "Why", "TEXT", "", /*required=*/true);
  command.option("--known", options->known, "The day on which that was published", "DATE", "today");
  command.option("--publisher", options->publisher, "Who published it", "TEXT");
  command.option("--source-url", options->source_url, "Where it can be read", "URL");
  command.option("--id", options->id, "Id of the retraction; follows from its content", "TEXT");
  command.footer("Example:\n  solnoma retract s1-jizzakh-opened --reason 'a misreading'");
  command.run([&context, options] { return run_retract(context, *options); });
}

}  // namespace solnoma
