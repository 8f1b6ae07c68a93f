#include "tools/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <optional>

#include "events/text/nearest.hpp"

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

std::unexpected<Failure> no_such_command(const CLI::App& app, const std::string& typed) {
  std::vector<std::string_view> names;
  for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
  const auto near = nearest(typed, names);
  return usage(fmt::format("there is no command '{}'", typed.substr(0, 60)),
               near ? fmt::format("did you mean 'solnoma {}'?", *near)
                    : "'solnoma --help' lists the commands");
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
  for (const CLI::App* each : {command, &app})
    for (const auto* option : each->get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  const std::vector<std::string_view> views(names.begin(), names.end());
  for (int i = 1; i < argc; ++i) {
    const std::string given = argv[i];
    const std::string word = given.substr(0, given.find('='));
    if (!word.starts_with("--") || word == "--") continue;
    if (std::ranges::find(names, word) != names.end()) continue;
    const auto near = nearest(word, views);
    return usage(fmt::format("there is no option '{}'", word.substr(0, 60)),
                 near ? fmt::format("did you mean {}?", *near) : help);
  }
  if (command == &app) return usage("no command is given", "'solnoma --help' lists them");
  return usage(error.what(), help);
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

}  // namespace

void Command::argument(const char* name, std::string& value, const std::string& help,
                       bool required) {
  app_->add_option(name, value, help)
      ->required(required)
      ->type_name("")
      ->default_str("")
      ->check(check_given);
}

void Command::arguments(const char* name, std::vector<std::string>& values, const std::string& help,
                        bool required) {
  app_->add_option(name, values, help)
      ->required(required)
      ->type_name("")
      ->default_str("")
      ->check(check_given);
}

void Command::option(const char* name, std::string& value, const std::string& help,
                     const char* type, const std::string& otherwise, bool required) {
  app_->add_option(name, value, help)
      ->required(required)
      ->type_name(type)
      ->default_str(otherwise)
      ->check(check_given);
}

void Command::options(const char* name, std::vector<std::string>& values, const std::string& help,
                      const char* type) {
  // One value each time, so that an argument may follow.
  app_->add_option(name, values, help)
      ->type_name(type)
      ->default_str("")
      ->allow_extra_args(false)
      ->check(check_given);
}

void Command::number(const char* name, std::uint64_t& value, const std::string& help,
                     std::uint64_t least, std::uint64_t most, const std::string& otherwise) {
  app_->add_option(name, value, help)
      ->check([=](const std::string& text) { return check_number(text, least, most); })
      ->type_name("N")
      ->default_str(otherwise);
}

void Command::choice(const char* name, std::string& value, const std::vector<std::string>& choices,
                     const std::string& help) {
  const std::string among = fmt::format("{}", fmt::join(choices, ", "));
  app_->add_option(name, value, help.empty() ? among : fmt::format("{}: {}", help, among))
      ->check(CLI::IsMember(choices))
      ->type_name("")
      ->default_str(value);
}

void Command::flag(const char* name, bool& value, const std::string& help) {
  app_->add_flag(name, value, help);
}

void Command::footer(const std::string& text) {
  app_->footer(text);
}

void Command::run(std::function<Outcome()> action) {
  app_->callback([outcome = outcome_, action = std::move(action)] { *outcome = action(); });
}

CommandLine::CommandLine(const std::string& help, const std::string& version,
                         const std::string& footer)
    : app_(std::make_unique<CLI::App>(help, "solnoma")) {
  app_->set_version_flag("--version", version);
  app_->require_subcommand(1);
  app_->fallthrough();
  app_->footer(footer);
}

CommandLine::~CommandLine() = default;

void CommandLine::common_option(const char* name, std::string& value, const std::string& help,
                                const char* type, const char* variable) {
  app_->add_option(name, value, help)
      ->envname(variable)
      ->take_last()
      ->type_name(type)
      ->default_str(value);
}

void CommandLine::common_number(const char* name, std::uint64_t& value, const std::string& help,
                                std::uint64_t most, const char* type, const char* variable) {
  app_->add_option(name, value, help)
      ->envname(variable)
      ->take_last()
      ->check([=](const std::string& text) { return check_number(text, 0, most); })
      ->type_name(type)
      ->default_str(std::to_string(value));
}

void CommandLine::common_flag(const char* name, bool& value, const std::string& help) {
  app_->add_flag(name, value, help);
}

Command CommandLine::command(const char* name, const std::string& help) {
  return {*app_->add_subcommand(name, help), outcome_};
}

Outcome CommandLine::run(int argc, const char* const* argv) {
  if (const auto typed = unknown_command(*app_, argc, argv)) return no_such_command(*app_, *typed);
  try {
    app_->parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    app_->exit(success);
  } catch (const CLI::ParseError& error) {
    return wrong_usage(*app_, error, argc, argv);
  }
  return outcome_;
}

}  // namespace solnoma
