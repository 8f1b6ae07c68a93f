#include "tools/help.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

namespace solnoma {
namespace {

constexpr std::size_t kColumn = 26;  // where what is said of an option begins

/// Columns that a word takes: what is not the first byte of a character takes none.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

/// `left`, and beside it `text` in lines of its own.
std::string beside(const std::string& left, std::string_view text, std::size_t width) {
  std::string all = "  " + left;
  std::size_t at = columns(all);
  const auto new_line = [&] {
    all += '\n' + std::string(kColumn, ' ');
    at = kColumn;
  };
  if (at + 2 > kColumn) {
    if (!text.empty()) new_line();
  } else {
    all += std::string(kColumn - at, ' ');
    at = kColumn;
  }
  for (bool first = true; !text.empty(); first = false) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!first && at + 1 + columns(word) > width) {
      new_line();
    } else if (!first) {
      all += ' ';
      ++at;
    }
    all += word;
    at += columns(word);
  }
  return all + '\n';
}

std::string option_line(const OptionDescription& option, std::size_t width) {
  std::string left = fmt::format("{}", fmt::join(option.names, ", "));
  // Long names stand below each other, whether there is a short one or not.
  if (option.names.size() == 1) left = "    " + left;
  if (!option.type.empty()) left += " " + option.type;
  std::string text = option.help;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  if (!option.choices.empty())
    text += fmt::format("{}{}", text.empty() ? "" : ": ", fmt::join(option.choices, ", "));
  if (option.repeated) add("may be repeated");
  if (option.required) add("must be given");
  if (!option.otherwise.empty()) add("otherwise " + option.otherwise);
  if (!option.variable.empty()) text += fmt::format(" (${})", option.variable);
  return beside(left, text, width);
}

std::string options_section(const std::vector<OptionDescription>& options, std::size_t width) {
  std::string text = "\nOptions:\n";
  for (const OptionDescription& each : options) text += option_line(each, width);
  return text;
}

}  // namespace

std::string help_of(const ProgramDescription& program, std::size_t width) {
  std::string text = program.help + "\nUsage: solnoma COMMAND [OPTIONS]\n\nCommands:\n";
  for (const CommandDescription& each : program.commands)
    text += beside(each.name, each.help, width);
  return text + options_section(program.options, width) + "\n" + program.footer + "\n";
}

std::string help_of(const CommandDescription& command, std::size_t width) {
  const std::string arguments = arguments_of(command);
  std::string text = fmt::format("{}\nUsage: solnoma {} [OPTIONS]{}{}\n", command.help,
                                 command.name, arguments.empty() ? "" : " ", arguments);
  if (!command.arguments.empty()) text += "\nArguments:\n";
  for (const OptionDescription& each : command.arguments)
    text += beside(each.names.back() + (each.repeated ? "..." : ""), each.help, width);
  text += options_section(command.options, width);
  if (!command.footer.empty()) text += "\n" + command.footer + "\n";
  return text + "\n'solnoma --help' tells of the options of every command.\n";
}

}  // namespace solnoma
