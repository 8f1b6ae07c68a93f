#include <fmt/ranges.h>

#include <cstdio>

#include "events/chronicle.hpp"
#include "events/exchange.hpp"
#include "tools/commands/commands.hpp"
#include "tools/search/text_index.hpp"
#include "tools/shared/event_filter.hpp"
#include "tools/shared/event_line.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

struct SearchOptions {
  std::vector<std::string> words;
  EventChoices choices;
  std::uint64_t limit = 50;
  std::string format = "text";
  std::string language = "en";
};

Outcome run(Context& context, const SearchOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto filter = EventFilter::of(options.choices, context, **log);
  if (!filter) return refuse(filter);
  ProgressLine progress(context.progress, "events taken into the search index");
  auto index = TextIndex::open(context.store + "/search", context.whole ? *context.whole : **log,
                               [&](Position position) { progress.at(position.value); });
  progress.clear();
  if (!index) return refuse(index);
  context.page();
  std::uint64_t shown = 0;
  Result<void> read;
  auto found =
      index->find(fmt::format("{}", fmt::join(options.words, " ")), [&](Position position) {
        auto events = fetch(**log, {&position, 1});
        if (!events) {
          read = std::unexpected(events.error());
          return false;
        }
        if (events->empty()) return true;  // it is not for this one's eyes
        const StoredEvent& stored = events->front();
        if (!filter->takes(stored.event)) return true;
        context.out.line(options.format == "json"
                             ? event_to_json(stored)
                             : event_line(stored, language_of(options.language)));
        return ++shown < options.limit && !context.out.failed();
      });
  if (!read) return refuse(read);
  if (!found) return refuse(found);
  if (shown == 0) context.note("no matching events");
  return {};
}

}  // namespace

void add_search(CommandLine& line, Context& context) {
  Command command = line.command(
      "search",
      "Find events by words, in every language: titles, notes, parties, names, publishers");
  auto options = std::make_shared<SearchOptions>();
  command.arguments("WORD", options->words,
                    "All must occur, in any form; the last may be a beginning",
                    /*required=*/true);
  add_event_choices(command, options->choices);
  command.number("--limit", options->limit, "The newest so many", 1, UINT64_MAX, "50");
  command.choice("--format", options->format, {"text", "json"}, "");
  add_language(command, options->language);
  command.footer(
      "The newest that was recorded comes first. Columns: as of 'solnoma log'. The words stand in\n"
      "an index in the store, which is brought up to date, or made anew, when it is asked.\n"
      "Example:\n  solnoma search visit of a delegation --publisher Sputnik");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
