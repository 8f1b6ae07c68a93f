#include "tools/commands/complete.hpp"

#include <string_view>

#include "events/event_type.hpp"
#include "events/text/text.hpp"
#include "tools/completion.hpp"
#include "tools/report/view/subject_names.hpp"

namespace solnoma {
namespace {

/// The store that the words name, else that of the settings.
std::string store_of(const std::vector<std::string>& words, const std::string& otherwise) {
  std::string store = otherwise;
  constexpr std::string_view kLong = "--store=";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if ((words[i] == "--store" || words[i] == "-s") && i + 1 < words.size()) store = words[i + 1];
    if (words[i].starts_with(kLong)) store = words[i].substr(kLong.size());
  }
  return store;
}

}  // namespace

std::optional<std::vector<std::string>> words_to_complete(int argc, const char* const* argv) {
  if (argc < 2 || argv[1] != std::string_view("complete-words")) return {};
  return std::vector<std::string>(argv + 2, argv + argc);
}

Outcome complete_words(const ProgramDescription& program, const std::vector<std::string>& words,
                       Context& context) {
  constexpr std::size_t kMost = 1000;  // nobody reads more
  context.store = store_of(words, context.store);
  KnownWords known;
  known.subjects = [&](const std::string& prefix) {
    std::vector<std::string> names;
    auto log = context.read();
    if (!log) return names;
    auto subjects = find_subjects(**log, {});
    if (!subjects) return names;
    for (const auto& [name, number] : *subjects)
      if (name.starts_with(prefix) && names.size() < kMost) names.push_back(name);
    return names;
  };
  known.types = [](const std::string&) {
    std::vector<std::string> names;
    for (const EventType& each : kEventTypes) names.emplace_back(each.name);
    return names;
  };
  for (const CompletedWord& each : complete(program, words, known))
    context.out.line(visible(each.word) + (each.help.empty() ? "" : "\t" + each.help));
  return {};
}

}  // namespace solnoma
