#include "tools/manual.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "tools/settings.hpp"

namespace solnoma {
namespace {

/// Text in which nothing is taken for a request of roff.
std::string escaped(std::string_view text) {
  std::string safe;
  bool line_begins = true;
  for (const char byte : text) {
    if (line_begins && (byte == '.' || byte == '\'')) safe += "\\&";
    safe += byte == '\\' ? "\\e" : std::string(1, byte);
    line_begins = byte == '\n';
  }
  return safe;
}

/// The same of sentences, each of which begins a line: roff sets the space between them.
std::string text_of(std::string_view text) {
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool sentence_ends = text[i] == ' ' && i > 0 && text[i - 1] == '.' &&
                               i + 1 < text.size() && text[i + 1] >= 'A' && text[i + 1] <= 'Z';
    lines += sentence_ends ? '\n' : text[i];
  }
  return escaped(lines);
}

/// Text as one argument of a macro.
std::string in_quotes(std::string_view text) {
  std::string safe = "\"";
  for (const char byte : text) safe += byte == '"' ? "\\(dq" : escaped({&byte, 1});
  return safe + "\"";
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return text;
}

std::string heading(const std::string& name, const std::string& help) {
  // The day on which the form of the pages was last looked over, so that a build can be repeated.
  return fmt::format(
      ".Dd November 27, 2026\n.Dt {} 1\n.Os\n.Sh NAME\n.Nm {}\n.Nd {}\n.Sh SYNOPSIS\n", upper(name),
      name, text_of(help));
}

std::string flags(const OptionDescription& option) {
  std::string text;
  for (const std::string& name : option.names) {
    text += (text.empty() ? "Fl " : " , Fl ") + name.substr(1);
    if (!option.type.empty()) text += " Ar " + in_quotes(option.type);
  }
  return text;
}

std::string said(const OptionDescription& option) {
  std::string text = option.help.empty() ? "" : text_of(option.help) + ".\n";
  if (!option.choices.empty())
    text += text_of(fmt::format("One of {}.\n", fmt::join(option.choices, ", ")));
  if (option.repeated) text += "It may be repeated.\n";
  if (option.required) text += "It must be given.\n";
  if (!option.otherwise.empty()) text += text_of("Otherwise " + option.otherwise + ".\n");
  if (!option.variable.empty())
    text += fmt::format("The environment has it as\n.Ev {} .\n", option.variable);
  return text;
}

std::string options_of(const std::vector<OptionDescription>& options) {
  std::string text;
  for (const OptionDescription& each : options) text += ".It " + flags(each) + "\n" + said(each);
  return text.empty() ? text : ".Bl -tag -width Ds\n" + text + ".El\n";
}

std::string lines_of(const std::string& footer) {
  return footer.empty() ? "" : ".Bd -literal\n" + escaped(footer) + "\n.Ed\n";
}

std::string settings_section() {
  std::string text =
      ".Sh FILES\n.Pa $XDG_CONFIG_HOME/solnoma/config.toml ,\nelse\n"
      ".Pa ~/.config/solnoma/config.toml ,\nor what\n.Ev SOLNOMA_CONFIG\nnames (empty: none): "
      "settings for all commands, in TOML.\nAn option beats a variable of\n.Nm ,\n"
      "that beats the file, and the file beats\n.Ev PAGER , NO_COLOR\nand\n"
      ".Ev CLICOLOR_FORCE .\n.Xr solnoma-config 1\nshows what "
      "holds.\n.Bl -tag -width Ds\n";
  for (std::size_t i = 0; i < kSettings; ++i) {
    const SettingRow& row = setting_rows().at(i);
    text += fmt::format(".It Va {} , Ev {}\n{}.\n", row.name, variable_of(static_cast<Setting>(i)),
                        text_of(row.help));
  }
  return text + ".El\n";
}

constexpr std::string_view kExitStatus =
    ".Sh EXIT STATUS\n.Bl -tag -width Ds\n"
    ".It 0\nDone.\n"
    ".It 1\nRefused: an event that does not hold, a conflict, nothing of that name.\n"
    ".It 2\nWrong usage.\n"
    ".It 3\nThe store is missing, in use, unreadable or damaged.\n.El\n";

}  // namespace

std::string manual_page(const ProgramDescription& program) {
  std::string text = heading("solnoma", "a chronicle of industrial cooperation");
  text += ".Nm\n.Ar COMMAND\n.Op Ar OPTIONS\n.Sh DESCRIPTION\n" + text_of(program.help) +
          "\n.Pp\nThe commands, each with a page of its own:\n.Bl -tag -width Ds\n";
  for (const CommandDescription& each : program.commands)
    text += fmt::format(".It Xr solnoma-{} 1\n{}.\n", each.name, text_of(each.help));
  text += ".El\n.Pp\nOptions of every command:\n" + options_of(program.options);
  return text + settings_section() + std::string(kExitStatus);
}

std::string manual_page(const ProgramDescription& program, const CommandDescription& command) {
  std::string text = heading("solnoma-" + command.name, command.help);
  text += ".Nm solnoma " + command.name + "\n.Op Ar OPTIONS\n";
  for (const OptionDescription& each : command.arguments)
    text += fmt::format(".{} {}{}\n", each.required ? "Ar" : "Op Ar", each.names.back(),
                        each.repeated ? " ..." : "");
  text += ".Sh DESCRIPTION\n" + text_of(command.help) + ".\n";
  if (!command.arguments.empty()) {
    text += ".Bl -tag -width Ds\n";
    for (const OptionDescription& each : command.arguments)
      text += fmt::format(".It Ar {}\n{}.\n", each.names.back(), text_of(each.help));
    text += ".El\n";
  }
  if (!command.options.empty()) text += ".Pp\nOptions:\n" + options_of(command.options);
  text += ".Pp\nOptions of every command:\n" + options_of(program.options);
  if (!command.footer.empty()) text += lines_of(command.footer);
  return text + std::string(kExitStatus) + ".Sh SEE ALSO\n.Xr solnoma 1\n";
}

}  // namespace solnoma
