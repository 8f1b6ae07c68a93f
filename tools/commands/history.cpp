#include <fmt/format.h>

#include "events/exchange.hpp"
#include "events/history.hpp"
#include "tools/commands/commands.hpp"

namespace solnoma {
namespace {

/// The ids of the shipped history stay, whereas its texts grow from edition to edition.
Failure explained(Error error) {
  if (error.code != Errc::conflict) return error;
  error.what = "the store holds another edition of the shipped history: " + error.what;
  error.remedy =
      "keep it, the facts that it tells stand; or record this edition in a store of "
      "its own, with --store";
  return error;
}

Outcome run(Context& context, bool init) {
  auto events = shipped_history();
  if (!events) return refuse(events);
  if (!init) {
    context.page();
    for (const Event& event : *events) context.out.line(event_to_json(event));
    return {};
  }
  context.store = context.store_to_make();
  auto log = context.append_to();
  if (!log && log.error().code == Errc::unavailable) {
    // No store yet: make one. Anything else that is wrong is told by create().
    if (auto made = Journal::create(context.disk, context.store); !made) {
      if (made.error().code == Errc::conflict && log.error().advice == Advice::wait_for_writer)
        return refuse(log);
      return refuse(made);
    }
    log = context.append_to();
  }
  if (!log) return refuse(log);
  auto appended = append(**log, *events);
  if (!appended) return std::unexpected(explained(appended.error()));
  context.out.line(fmt::format("{} events of the shipped history: {} new, {} recorded already",
                               events->size(), appended->recorded, appended->already));
  return {};
}

}  // namespace

void add_history(CommandLine& line, Context& context) {
  Command command = line.command("history", "Print the history that ships with the program");
  auto init = std::make_shared<bool>(false);
  command.flag("--init", *init, "Record it instead, in a store that is made if it is missing");
  command.run([&context, init] { return run(context, *init); });
}

}  // namespace solnoma
