#include "tools/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "tools/help.hpp"
#include "tools/report/formats.hpp"

namespace solnoma {
namespace {

/// The first word that is no option, if it is no command: most likely mistyped.
std::optional<std::string> unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with('-')) {
      const auto* option = app.get_option_no_throw(word);
      if (option != nullptr && option->get_items_expected_max() > 0) ++i;  // its value
      continue;
    }
    for (const auto* command : app.get_subcommands({}))
      if (command->get_name() == word) return std::nullopt;
    return word;
  }
  return std::nullopt;
}

TypedCommand typed_of(const CLI::App& app, const CommandDescription& command) {
  TypedCommand typed;
  typed.name = command.name;
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0) continue;
    if (option->get_lnames().empty()) {
      typed.words.insert(typed.words.end(), option->results().begin(), option->results().end());
    } else if (option->get_items_expected_max() == 0) {
      typed.options.emplace_back(option->get_lnames().front(), "");
    } else {
      for (const std::string& value : option->results())
        typed.options.emplace_back(option->get_lnames().front(), value);
    }
  }
  if (const auto* format = find_option(command.options, "--format"))
    typed.usual_format = format->otherwise;
  typed.takes_as_of = find_option(command.options, "--as-of") != nullptr;
  typed.takes_language = find_option(command.options, "--lang") != nullptr;
  return typed;
}

std::unexpected<Failure> no_such_command(const CLI::App& app, const std::string& typed) {
  std::vector<std::string_view> names;
  for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
  const auto near = nearest(typed, names);
  return usage(fmt::format("there is no command '{}'", typed.substr(0, 60)),
               near ? fmt::format("did you mean 'solnoma {}'?", *near)
                    : "'solnoma --help' lists the commands");
}

/// What the parser found wrong, in our own form.
std::string in_our_words(const CLI::App& app, const CLI::ParseError& error) {
  const std::string what = error.what();
  const auto until = [&](std::string_view end) { return what.substr(0, what.find(end)); };
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    return until(" is required") + " is missing";
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return until(":") + " needs a value";
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr)
    return until(" excludes") + " and " + what.substr(what.rfind(' ') + 1) +
           " are not given together";
  // Only flags are converted by the parser: "Could not convert: --brief = x".
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr)
    if (const auto name = what.find("--"); name != std::string::npos)
      return what.substr(name, what.find(' ', name) - name) + " takes no value";
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::vector<std::string> words = app.remaining(/*recurse=*/true);
    if (!words.empty()) return fmt::format("'{}' is a word too many", words.front().substr(0, 60));
  }
  return what;
}

/// An option that was mistyped is named by the nearest one of its command.
std::unexpected<Failure> wrong_usage(const CLI::App& app, const CLI::ParseError& error, int argc,
                                     const char* const* argv) {
  const CLI::App* command = &app;
  if (!app.get_subcommands().empty()) command = app.get_subcommands().front();
  const std::string help = command == &app
                               ? "see 'solnoma --help'"
                               : fmt::format("see 'solnoma {} --help'", command->get_name());
  std::vector<std::string> names{"--help"};
  std::vector<std::string> letters{"-h"};
  for (const CLI::App* each : {command, &app})
    for (const auto* option : each->get_options()) {
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
      for (const auto& name : option->get_snames()) letters.push_back("-" + name);
    }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const bool extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  for (int i = 1; i < argc; ++i) {
    const std::string given = argv[i];
    const std::string word = given.substr(0, given.find('='));
    if (word == "--") break;
    if (extra && word.size() > 1 && word[0] == '-' && word[1] != '-' &&
        std::ranges::find(letters, word.substr(0, 2)) == letters.end())
      return usage(fmt::format("there is no option '{}'", word.substr(0, 60)), help);
    if (!word.starts_with("--")) continue;
    if (std::ranges::find(names, word) != names.end()) continue;
    const auto near = nearest(word, views);
    return usage(fmt::format("there is no option '{}'", word.substr(0, 60)),
                 near ? fmt::format("did you mean {}?", *near) : help);
  }
  if (command == &app && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    return usage("no command is given", "'solnoma --help' lists them");
  return usage(in_our_words(app, error), help);
}

/// A script with an unset variable must not ask another question than it means to.
std::string check_given(const std::string& value) {
  return value.empty() ? "it is empty: give a value, or leave it out" : "";
}

std::string check_number(const std::string& value, std::uint64_t least, std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = error == std::errc{} && end == value.data() + value.size();
  if (whole && number >= least && number <= most) return "";
  return most == UINT64_MAX ? fmt::format("it must be a number from {} on", least)
                            : fmt::format("it must be a number from {} to {}", least, most);
}

std::string check_choice(const std::string& value, const std::vector<std::string>& choices) {
  if (std::ranges::find(choices, value) != choices.end()) return "";
  return fmt::format("'{}' is none of {}", value.substr(0, 60), fmt::join(choices, ", "));
}

/// The options that are used most can be written by a letter, and it is one of them everywhere.
constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
    {"--store", "-s"}, {"--as-of", "-d"}, {"--format", "-f"}, {"--lang", "-l"}, {"--limit", "-n"}};

/// All names of an option that is declared as "--name" or "-n,--name".
std::vector<std::string> names_of(const std::string& declared) {
  if (const auto comma = declared.find(','); comma != std::string::npos)
    return {declared.substr(0, comma), declared.substr(comma + 1)};
  for (const auto& [name, letter] : kLetters)
    if (name == declared) return {std::string(letter), declared};
  return {declared};
}

/// The same as the parser takes them.
std::string all_names(const std::string& declared) {
  return fmt::format("{}", fmt::join(names_of(declared), ","));
}

/// The word for the value of an option: FORMAT of --format.
std::string type_of(const std::string& name) {
  std::string type = name.substr(name.rfind("--") + 2);
  for (char& letter : type)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return type;
}

OptionDescription described(const std::string& declared, const std::string& help,
                            const std::string& type = {}, const std::string& otherwise = {}) {
  return {.names = names_of(declared),
          .type = type,
          .help = help,
          .otherwise = otherwise,
          .variable = {},
          .choices = {}};
}

}  // namespace

struct CommandLine::Common {
  Setting setting;
  CLI::Option* option;
};

CommandDescription& Command::description() {
  return line_->description_.commands[number_];
}

void Command::argument(const char* name, std::string& value, const std::string& help,
                       bool required) {
  app_->add_option(name, value, help)->required(required)->check(check_given);
  description().arguments.push_back(described(name, help));
  description().arguments.back().required = required;
}

void Command::arguments(const char* name, std::vector<std::string>& values, const std::string& help,
                        bool required) {
  app_->add_option(name, values, help)->required(required)->check(check_given);
  description().arguments.push_back(described(name, help));
  description().arguments.back().required = required;
  description().arguments.back().repeated = true;
}

void Command::option(const char* name, std::string& value, const std::string& help,
                     const char* type, const std::string& otherwise, bool required) {
  app_->add_option(all_names(name), value, help)->required(required)->check(check_given);
  description().options.push_back(described(name, help, type, otherwise));
  description().options.back().required = required;
}

void Command::options(const char* name, std::vector<std::string>& values, const std::string& help,
                      const char* type) {
  // One value each time, so that an argument may follow.
  app_->add_option(all_names(name), values, help)->allow_extra_args(false)->check(check_given);
  description().options.push_back(described(name, help, type));
  description().options.back().repeated = true;
}

void Command::number(const char* name, std::uint64_t& value, const std::string& help,
                     std::uint64_t least, std::uint64_t most, const std::string& otherwise) {
  app_->add_option(all_names(name), value, help)->check([=](const std::string& text) {
    return check_number(text, least, most);
  });
  description().options.push_back(described(name, help, "N", otherwise));
}

void Command::choice(const char* name, std::string& value, const std::vector<std::string>& choices,
                     const std::string& help) {
  auto* option = app_->add_option(all_names(name), value, help);
  option->check([=](const std::string& text) { return check_choice(text, choices); });
  description().options.push_back(described(name, help, type_of(name), value));
  description().options.back().choices = choices;
  if (option->get_single_name() != "format" || !check_choice("json", choices).empty()) return;
  const char* const same = "The same as --format json";
  app_->add_flag_callback("--json", [&value] { value = "json"; }, same)->excludes(option);
  description().options.push_back(described("--json", same));
}

void Command::flag(const char* name, bool& value, const std::string& help) {
  app_->add_flag(name, value, help);
  description().options.push_back(described(name, help));
}

void Command::may_be_set(const char* name, Setting setting, std::string& value) {
  const auto described = std::ranges::find(description().options, name,
                                           [](const auto& option) { return option.names.back(); });
  described->variable = variable_of(setting);
  described->required = false;
  const std::string& held = (*line_->settings_)[setting].value;
  if (held.empty()) return;
  value = held;
  app_->get_option(name)->required(false);
}

void Command::output(std::string& file, std::string& format) {
  option("-o,--output", file,
         "Write to this file, whole or not at all; without --format its ending says what: .html",
         "FILE", "standard output");
  const auto* named = app_->get_option("--format");
  const auto* json = app_->get_option_no_throw("--json");
  const auto choices = find_option(description().options, "--format")->choices;
  before_ = [=, &file, &format]() -> Outcome {
    if (file.empty() || named->count() > 0 || (json != nullptr && json->count() > 0)) return {};
    const auto meant = format_of_file(file);
    if (!meant && ending_of(file).empty()) return {};
    if (!meant)
      return usage(fmt::format("'.{}' is the ending of no format", clipped(ending_of(file))),
                   fmt::format("name one of {} with --format", fmt::join(choices, ", ")));
    if (std::ranges::find(choices, *meant) == choices.end())
      return usage(fmt::format("'{}' is a file of {}, which is none of {}", file.substr(0, 60),
                               *meant, fmt::join(choices, ", ")),
                   "name one of these with --format, or another file");
    format = *meant;
    return {};
  };
}

void Command::footer(const std::string& text) {
  description().footer = text;
}

void Command::run(std::function<Outcome()> action) {
  app_->callback([app = app_, line = line_, number = number_, before = before_,
                  action = std::move(action)] {
    line->learn_given();
    if (line->refused_ && app->get_name() != "help")
      line->outcome_ = std::unexpected(*line->refused_);
    else if (auto ok = before ? before() : Outcome{}; !ok)
      line->outcome_ = std::move(ok);
    else if (auto other = line->instead_
                              ? line->instead_(typed_of(*app, line->description_.commands[number]))
                              : std::nullopt)
      line->outcome_ = std::move(*other);
    else
      line->outcome_ = action();
  });
}

CommandLine::CommandLine(const std::string& help, const std::string& version,
                         const std::string& footer, Settings& settings)
    : app_(std::make_unique<CLI::App>(help, "solnoma")),
      description_{
          .help = help, .version = version, .footer = footer, .options = {}, .commands = {}},
      settings_(&settings) {
  app_->set_version_flag("-V,--version", version);
  description_.options.push_back(described("-h,--help", "Tell what it does, and end"));
  description_.options.push_back(described("-V,--version", "Tell which version it is, and end"));
  app_->require_subcommand(1);
  app_->fallthrough();
}

CommandLine::~CommandLine() = default;

void CommandLine::common_option(const char* name, std::string& value, const std::string& help,
                                const char* type, const char* variable) {
  app_->add_option(all_names(name), value, help)->envname(variable)->take_last();
  description_.options.push_back(described(name, help, type, value));
  description_.options.back().variable = variable;
}

void CommandLine::common_setting(const char* name, Setting setting, std::string& value,
                                 const std::string& help, const char* type,
                                 const std::vector<std::string>& choices) {
  auto* option = app_->add_option(all_names(name), value, help)->take_last();
  if (!choices.empty())
    option->check([=](const std::string& text) { return check_choice(text, choices); });
  description_.options.push_back(described(name, help, type, value));
  description_.options.back().choices = choices;
  description_.options.back().variable = variable_of(setting);
  common_.push_back({setting, option});
  value = (*settings_)[setting].value;
}

void CommandLine::common_setting(const char* name, Setting setting, std::uint64_t& value,
                                 const std::string& help, std::uint64_t most, const char* type) {
  auto* option = app_->add_option(all_names(name), value, help)
                     ->take_last()
                     ->check([=](const std::string& text) { return check_number(text, 0, most); });
  description_.options.push_back(described(name, help, type, std::to_string(value)));
  description_.options.back().variable = variable_of(setting);
  common_.push_back({setting, option});
  value = std::stoull((*settings_)[setting].value);  // a number, or it would not have been taken
}

void CommandLine::learn_given() {
  for (const auto& [setting, option] : common_)
    if (option->count() > 0)
      settings_->give(setting, option->as<std::string>(), "--" + option->get_single_name());
}

void CommandLine::common_flag(const char* name, bool& value, const std::string& help) {
  app_->add_flag(name, value, help);
  description_.options.push_back(described(name, help));
}

Command CommandLine::command(const char* name, const std::string& help) {
  auto* app = app_->add_subcommand(name, help);
  description_.commands.push_back(
      {.name = name, .help = help, .arguments = {}, .options = {}, .footer = {}});
  return {*app, *this, description_.commands.size() - 1};
}

std::optional<std::string> CommandLine::typed_command(int argc, const char* const* argv) const {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (!word.starts_with('-')) return word;
    const auto equals = word.find('=');
    const auto* const option = find_option(description_.options, word.substr(0, equals));
    if (option == nullptr || option->names.front() == "-h" || option->names.front() == "-V")
      return std::nullopt;
    if (!option->type.empty() && equals == std::string::npos) ++i;  // its value
  }
  return std::nullopt;
}

Outcome CommandLine::run(int argc, const char* const* argv, Output& out, std::size_t width) {
  if (const auto typed = unknown_command(*app_, argc, argv)) return no_such_command(*app_, *typed);
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForVersion&) {
    out.line(description_.version);
  } catch (const CLI::Success&) {  // --help
    const auto commands = app_->get_subcommands();
    out.write(commands.empty() ? help_of(description_, width)
                               : help_of(*description_.find(commands.front()->get_name()), width));
  } catch (const CLI::ParseError& error) {
    return wrong_usage(*app_, error, argc, argv);
  }
  return outcome_;
}

}  // namespace solnoma
