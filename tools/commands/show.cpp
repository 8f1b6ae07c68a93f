#include <fmt/format.h>

#include "events/chronicle.hpp"
#include "events/exchange.hpp"
#include "events/known.hpp"
#include "events/text/id_text.hpp"
#include "events/text/text.hpp"
#include "projections/effective.hpp"
#include "projections/rows.hpp"
#include "tools/commands/commands.hpp"
#include "tools/shared/event_id.hpp"
#include "tools/shared/event_text.hpp"

namespace solnoma {
namespace {

struct ShowOptions {
  std::vector<std::string> ids;
  std::string source;
  std::string format = "text";
};

/// The id of what supersedes it with all that is known; empty: nothing does.
Result<std::string> superseded_by(const Log& log, const StoredEvent& stored) {
  auto number = log.subject(stored.event.subject);
  if (!number) return std::unexpected(number.error());
  auto rows = log.rows(number->value());
  if (!rows) return std::unexpected(rows.error());
  const Revision by = effective(*rows, {}).superseded_by[index_of(stored.revision)];
  if (by.value == 0) return std::string();
  const Position position = (*rows)[index_of(by)].position();
  auto events = fetch(log, {&position, 1});
  if (!events) return std::unexpected(events.error());
  return events->front().event.id;
}

/// Where it stands, as comments, and what it says, as `edit` shows it.
Try<std::string> tell(const Log& log, const StoredEvent& stored) {
  const Event& event = stored.event;
  std::string text = fmt::format(
      "# {}\n# of {}\n# {}, revision {}, position {}, recorded {}{}\n# known {}\n", event.id,
      event.source, event.subject, stored.revision.value, stored.position.value,
      to_string(stored.recorded), stored.recorded_by.empty() ? "" : " by " + stored.recorded_by,
      to_string(known_of(event)));
  if (!event.supersedes.empty()) text += fmt::format("# supersedes {}\n", event.supersedes);
  auto by = superseded_by(log, stored);
  if (!by) return refuse(by);
  if (!by->empty()) text += fmt::format("# superseded by {}\n", *by);
  text += event_text(event, Notation::toml);
  std::string safe;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    safe += visible(rest.substr(0, end)) + "\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return safe;
}

Outcome run(Context& context, const ShowOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  context.page();
  bool first = true;
  for (const std::string& id : options.ids) {
    auto stored = find_event(**log, id, options.source, "--source-of");
    if (!stored) return refuse(stored);
    if (options.format == "json") {
      context.out.line(event_to_json(*stored));
      continue;
    }
    auto text = tell(**log, *stored);
    if (!text) return refuse(text);
    if (!first) context.out.line("");
    first = false;
    context.out.write(*text);
  }
  return {};
}

}  // namespace

void add_show(CommandLine& line, Context& context) {
  Command command = line.command("show", "Show all of an event");
  auto options = std::make_shared<ShowOptions>();
  command.arguments("ID", options->ids, "Id of an event, or its beginning", /*required=*/true);
  command.option("--source-of", options->source, "Its source, where several have the id", "URI");
  command.choice("--format", options->format, {"text", "json"}, "");
  command.footer(
      "The text is TOML of the fields of the exchange format, as 'solnoma edit' takes it;\n"
      "the JSON is that of export.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
