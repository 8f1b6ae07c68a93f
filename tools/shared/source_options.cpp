#include "tools/shared/source_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/known.hpp"

namespace solnoma {

void add_source_options(Command& command, SourceOptions& options) {
  command.options("--publisher", options.publishers,
                  "Who published it; may be repeated, with one --source-url for each", "TEXT");
  command.options("--published", options.published, "When, if not on the day of --known", "DATE");
  command.options("--source-url", options.urls, "Where it can be read", "URL");
}

Outcome apply(const SourceOptions& options, Event& event) {
  const std::size_t count =
      std::max({options.publishers.size(), options.published.size(), options.urls.size()});
  if (count == 0) return {};
  // Which belongs to which must not be guessed.
  for (const auto* list : {&options.publishers, &options.published, &options.urls})
    if (!list->empty() && list->size() != count)
      return usage("--publisher, --published and --source-url are given for some sources only",
                   fmt::format("give each as often as the others, {} times, or not at all", count));
  const bool only_days = options.publishers.empty() && options.urls.empty();
  if (only_days && (event.sources.size() != 1 || count != 1))
    return usage("--published: it does not say of which source",
                 "give --publisher or --source-url as well");
  std::vector<Source> sources(count, Source{{}, to_string(known_of(event)), "", {}});
  if (count == 1 && event.sources.size() == 1) sources = event.sources;
  for (std::size_t i = 0; i < count; ++i) {
    if (!options.publishers.empty()) sources[i].publisher = options.publishers[i];
    if (!options.published.empty()) sources[i].published = options.published[i];
    if (!options.urls.empty()) sources[i].url = options.urls[i];
  }
  event.sources = std::move(sources);
  return {};
}

}  // namespace solnoma
