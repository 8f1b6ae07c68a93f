#include "tools/shared/source_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "events/known.hpp"
#include "tools/shared/local_text_options.hpp"

namespace solnoma {
namespace {

/// What stands in a place of a list; empty where nothing is said there.
std::string given(const std::vector<std::string>& list, std::size_t i) {
  constexpr std::string_view kNone = "-";
  return i < list.size() && list[i] != kNone ? list[i] : std::string();
}

/// The source that a new one goes on with: of the publisher, and where there are several of the
/// address too.
std::vector<Source>::iterator find_same(std::vector<Source>& sources, const std::string& publisher,
                                        const std::string& url) {
  const auto of_publisher = [&](const Source& source) {
    return publisher.empty() ? source.publisher.empty() : says(source.publisher, publisher);
  };
  const auto same = std::ranges::find_if(
      sources, [&](const Source& source) { return of_publisher(source) && source.url == url; });
  if (same != sources.end() || publisher.empty()) return same;
  return std::ranges::find_if(sources, of_publisher);
}

Source take(std::vector<Source>& sources, std::vector<Source>::iterator which) {
  Source source = std::move(*which);
  sources.erase(which);
  return source;
}

}  // namespace

void add_source_options(Command& command, SourceOptions& options) {
  command.options("--publisher", options.publishers,
                  "Who published it; may be repeated, with one --source-url for each, - where "
                  "there is none",
                  "TEXT");
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
                   fmt::format("give each as often as the others, {} times, or not at all; - says "
                               "that there is none",
                               count));
  const bool only_days = options.publishers.empty() && options.urls.empty();
  if (only_days && (event.sources.size() != 1 || count != 1))
    return usage("--published: it does not say of which source",
                 "give --publisher or --source-url as well");
  std::vector<Source> before = std::move(event.sources);
  const bool one_for_one = count == 1 && before.size() == 1;
  event.sources.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string publisher = given(options.publishers, i);
    const std::string url = given(options.urls, i);
    Source source{{}, to_string(known_of(event)), "", {}};
    // What is not said anew of a source that stays is not lost.
    const auto same = one_for_one ? before.begin() : find_same(before, publisher, url);
    if (same != before.end()) source = take(before, same);
    if (!publisher.empty() && !says(source.publisher, publisher)) source.publisher = publisher;
    if (const std::string published = given(options.published, i); !published.empty())
      source.published = published;
    if (!options.urls.empty()) source.url = url;
    event.sources.push_back(std::move(source));
  }
  return {};
}

}  // namespace solnoma
