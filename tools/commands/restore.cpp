#include <fmt/format.h>

#include <algorithm>

#include "engine/salvage.hpp"
#include "events/codec.hpp"
#include "events/event_type.hpp"
#include "tools/commands/commands.hpp"
#include "tools/import/tool_source.hpp"
#include "tools/shared/store_copy.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

struct RestoreOptions {
  std::string directory, upto;
  bool salvage = false;
};

/// "3 to 7", or for some of these "2 of 3 to 7" or "at least 2 of 3 to 7".
std::string text_of(const LostEvents& lost) {
  const std::uint64_t positions = lost.last.value - lost.first.value + 1;
  if (positions == 1) return fmt::format("{}", lost.first.value);
  const std::string range = fmt::format("{} to {}", lost.first.value, lost.last.value);
  return lost.events == positions
             ? range
             : fmt::format("{}{} of {}", lost.at_least ? "at least " : "", lost.events, range);
}
std::string text_of(const std::vector<LostEvents>& lost, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lost.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + text_of(lost[i]);
  if (lost.size() > most) text += fmt::format(" and {} more ranges", lost.size() - most);
  return text;
}

/// Whether it is not known how far the log went.
bool ends_somewhere(const std::vector<LostEvents>& lost) {
  return std::ranges::any_of(lost, &LostEvents::at_least);
}

/// "7", or "at least 7".
std::string count_of(const std::vector<LostEvents>& lost) {
  std::uint64_t events = 0;
  for (const LostEvents& each : lost) events += each.events;
  return fmt::format("{}{}", ends_somewhere(lost) ? "at least " : "", events);
}

/// The log says itself that it is not whole, wherever it is copied to.
Result<OwnedEvents> note_of(const Salvaged& salvaged, const std::string& from, Day today) {
  constexpr std::size_t kMostRanges = 50;
  Event event;
  event.id = fmt::format("salvaged-{}-of-{}", salvaged.events, salvaged.from.value);
  event.source = kToolSource;
  event.subject = "dataset/salvaged";
  event.type = kEventTypes[kDescribed].name;
  event.known = today;
  event.title =
      LocalText("Log salvaged from a damaged store", "Журнал спасён из повреждённого хранилища",
                "Jurnal shikastlangan ombordan qutqarildi");
  event.description.emplace();
  event.description->names = LocalText("Salvaged log", "Спасённый журнал", "Qutqarilgan jurnal");
  event.description->kind = "salvaged-log";
  event.note = fmt::format(
      "{} of {}{} events of {} were intact. Lost: positions {}. Up to position {} the log is as it "
      "was, head {}; behind it positions are new ones.",
      salvaged.events, ends_somewhere(salvaged.lost) ? "at least " : "", salvaged.from.value, from,
      text_of(salvaged.lost, kMostRanges), salvaged.same.position.value, to_string(salvaged.same));
  return prepare({&event, 1});
}

Outcome salvage_store(Context& context, const std::string& from) {
  const std::string into = context.store_to_make();
  auto today = context.today();
  if (!today) return refuse(today);
  Result<Salvaged> salvaged;
  {
    ProgressLine progress(context.progress, "salvaging, at position");
    salvaged = salvage(
        context.disk, from, into, context.clock, Indexer(index_payload, kIndexVersion),
        [&](const Salvaged& what) { return note_of(what, from, *today); },
        [&](Position position) { progress.at(position.value); });
  }
  if (!salvaged) return refuse(salvaged);
  context.out.line(fmt::format("salvaged {} events into {}", salvaged->events, into));
  if (!salvaged->contradicted.empty())
    context.out.line(
        fmt::format("intact, but not what the tree of the log commits to: positions {}",
                    text_of(salvaged->contradicted, SIZE_MAX)));
  if (salvaged->lost.empty()) {
    context.out.line(fmt::format("none is known to be lost; head {}", to_string(salvaged->same)));
    return {};
  }
  context.out.line(fmt::format("{} are lost, of its positions {}", count_of(salvaged->lost),
                               text_of(salvaged->lost, SIZE_MAX)));
  context.out.line(
      fmt::format("as it was up to position {}, head {}; behind it positions are new "
                  "ones, and the last event tells of this",
                  salvaged->same.position.value, to_string(salvaged->same)));
  return {};
}

}  // namespace

void add_restore(CommandLine& line, Context& context) {
  Command command = line.command("restore", "Make a new store from a backup");
  auto options = std::make_shared<RestoreOptions>();
  command.argument("DIR", options->directory, "Directory of the backup");
  command.option("--at", options->upto, fmt::format("Only up to this position; or {}", kAtHelp),
                 "POSITION", "all");
  command.flag("--salvage", options->salvage,
               "DIR is a damaged store: take every event that is intact, and tell which are lost");
  command.footer(
      "Example:\n  solnoma --store ./again restore ./backup --at 41\n"
      "A store that was salvaged is as it was up to the first event that is lost; behind it "
      "events\n"
      "have other positions, and what superseded a lost one supersedes nothing.");
  command.run([&context, options]() -> Outcome {
    if (options->salvage && !options->upto.empty())
      return usage("--salvage takes all that is intact", "leave --at out");
    if (options->salvage) return salvage_store(context, options->directory);
    return copy_store(
        context, {.from = options->directory, .to = context.store_to_make(), .upto = options->upto},
        "restored");
  });
}

}  // namespace solnoma
