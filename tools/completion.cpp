#include "tools/completion.hpp"

#include <algorithm>
#include <utility>

namespace solnoma {
namespace {

/// What stands before the word that is typed.
struct Place {
  const CommandDescription* command = nullptr;
  const OptionDescription* pending = nullptr;  // an option whose value is typed now
  std::size_t arguments = 0;                   // of the command, before the word
  bool options_ended = false;
};

const OptionDescription* option_of(const ProgramDescription& program, const Place& place,
                                   const std::string& name) {
  if (place.command != nullptr)
    if (const auto* own = find_option(place.command->options, name)) return own;
  return find_option(program.options, name);
}

Place place_after(const ProgramDescription& program, std::span<const std::string> words) {
  Place place;
  for (const std::string& word : words) {
    if (place.pending != nullptr) {
      place.pending = nullptr;
    } else if (word == "--") {
      place.options_ended = true;
    } else if (!place.options_ended && word.starts_with('-')) {
      const OptionDescription* option = option_of(program, place, word);
      if (option != nullptr && !option->type.empty()) place.pending = option;
    } else if (place.command == nullptr) {
      place.command = program.find(word);
    } else {
      ++place.arguments;
    }
  }
  return place;
}

class Completion {
 public:
  Completion(const ProgramDescription& program, const KnownWords& known)
      : program_(program), known_(known) {}

  void values(const OptionDescription& of, const std::string& typed, const std::string& before) {
    const std::string& kind = of.type.empty() ? of.names.back() : of.type;
    for (const std::string& each : of.choices) add(before, each, typed, "");
    if (kind == "SUBJECT")
      for (const std::string& each : known_.subjects(typed)) add(before, each, typed, "");
    if (kind == "TYPE")
      for (const std::string& each : known_.types(typed)) add(before, each, typed, "");
    if (kind == "COMMAND") commands(typed);
  }

  void commands(const std::string& typed) {
    for (const CommandDescription& each : program_.commands) add("", each.name, typed, each.help);
  }

  void options(const std::vector<OptionDescription>& options, const std::string& typed) {
    for (const OptionDescription& option : options)
      for (const std::string& name : option.names)
        if (name.starts_with("--") || typed == "-") add("", name, typed, option.help);
  }

  std::vector<CompletedWord> found;

 private:
  void add(const std::string& before, const std::string& word, const std::string& typed,
           const std::string& help) {
    if (word.starts_with(typed)) found.push_back({before + word, help});
  }

  const ProgramDescription& program_;
  const KnownWords& known_;
};

}  // namespace

std::vector<CompletedWord> complete(const ProgramDescription& program,
                                    std::span<const std::string> words, const KnownWords& known) {
  Completion completion(program, known);
  const std::string typed = words.empty() ? "" : words.back();
  const Place place = place_after(program, words.empty() ? words : words.first(words.size() - 1));
  if (place.pending != nullptr) {
    completion.values(*place.pending, typed, "");
  } else if (!place.options_ended && typed.starts_with('-')) {
    const std::size_t equals = typed.find('=');
    if (equals != std::string::npos) {
      const auto* option = option_of(program, place, typed.substr(0, equals));
      if (option != nullptr)
        completion.values(*option, typed.substr(equals + 1), typed.substr(0, equals + 1));
    } else {
      if (place.command != nullptr) completion.options(place.command->options, typed);
      completion.options(program.options, typed);
    }
  } else if (place.command == nullptr) {
    completion.commands(typed);
  } else if (const auto& arguments = place.command->arguments; !arguments.empty()) {
    // What may be repeated takes all words that follow.
    const std::size_t last = arguments.size() - 1;
    if (place.arguments <= last || arguments[last].repeated)
      completion.values(arguments[std::min(place.arguments, last)], typed, "");
  }
  return std::move(completion.found);
}

}  // namespace solnoma
