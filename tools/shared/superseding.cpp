#include "tools/shared/superseding.hpp"

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "projections/effective.hpp"
#include "tools/shared/event_id.hpp"

namespace solnoma {
namespace {

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

}  // namespace

void add_superseded(Command& command, SupersededOptions& options) {
  command.argument("ID", options.id, "Id of the event");
  command.option("--source-of", options.source, "Its source, where several have the id", "URI");
  command.flag("--dry-run", options.dry_run, "Show which statuses it would change; record nothing");
}

Try<Event> find_superseded(Context& context, const SupersededOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto positions = find_typed(**log, options.id);
  if (!positions) return refuse(positions);
  auto events = fetch(**log, *positions);
  if (!events) return refuse(events);
  if (!options.source.empty())
    std::erase_if(*events,
                  [&](const StoredEvent& e) { return !is_typed(e.event.source, options.source); });
  if (events->empty())
    return std::unexpected(
        Failure(Error{Errc::not_found,
                      fmt::format("no event has the id '{}'", options.id.substr(0, 255)),
                      {},
                      "'solnoma log' shows the ids"}));
  if (events->size() > 1)
    return std::unexpected(
        Failure(Error{Errc::invalid,
                      fmt::format("several sources have an event '{}'", options.id),
                      {},
                      "name one with --source-of"}));
  const StoredEvent& found = events->front();
  auto superseded = superseded_by(**log, found);
  if (!superseded) return refuse(superseded);
  if (!superseded->empty())
    return std::unexpected(
        Failure(Error{Errc::conflict,
                      fmt::format("'{}' is superseded by '{}' already", options.id, *superseded),
                      {},
                      fmt::format("correct or retract '{}'", *superseded)}));
  return found.event;
}

void supersede(const Event& old, Context& context, Event& event) {
  event.supersedes = old.id;
  event.source = kToolSource;
  event.supersedes_source = old.source == event.source ? "" : old.source;
  event.known = context.today();
}

Outcome check_new_id(const Event& event) {
  if (event.id != event.supersedes) return {};
  return usage(fmt::format("--id: '{}' is the id of the event that is superseded", event.id),
               "give the new event an id of its own");
}

}  // namespace solnoma
