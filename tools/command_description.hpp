#pragma once

#include <string>
#include <vector>

namespace solnoma {

/// An option or an argument of a command, as its users are told of it.
struct OptionDescription {
  std::vector<std::string> names;    ///< "-f", "--format", the long one last; of an argument "TYPE"
  std::string type;                  ///< what its value is, as in DATE; empty: it takes none
  std::string help;                  ///< one line
  std::string otherwise;             ///< what holds where it is left out; may be empty
  std::string variable;              ///< of the environment, which is read too; may be empty
  std::vector<std::string> choices;  ///< all values that it takes; empty: any of its type
  bool required = false;
  bool repeated = false;
};

/// A command and what may follow its name.
struct CommandDescription {
  std::string name;
  std::string help;  ///< one line
  std::vector<OptionDescription> arguments;
  std::vector<OptionDescription> options;
  std::string footer;  ///< lines as they are to be shown; may be empty
};

/// The whole command line: what the help, the manual and the completion say is said from it alone.
struct ProgramDescription {
  std::string help;
  std::string version;
  std::string footer;
  std::vector<OptionDescription> options;  ///< of every command
  std::vector<CommandDescription> commands;

  /// Null: there is no such command.
  [[nodiscard]] const CommandDescription* find(const std::string& name) const {
    for (const CommandDescription& each : commands)
      if (each.name == name) return &each;
    return nullptr;
  }
};

/// The option that is called so, short or long; null: none is.
[[nodiscard]] inline const OptionDescription* find_option(
    const std::vector<OptionDescription>& options, const std::string& name) {
  for (const OptionDescription& option : options)
    for (const std::string& each : option.names)
      if (each == name) return &option;
  return nullptr;
}

/// The words after a command's name, as in "TYPE SUBJECT [FILE...]".
[[nodiscard]] inline std::string arguments_of(const CommandDescription& command) {
  std::string text;
  for (const OptionDescription& each : command.arguments) {
    const std::string word = each.names.back() + (each.repeated ? "..." : "");
    text += (text.empty() ? "" : " ") + (each.required ? word : "[" + word + "]");
  }
  return text;
}

}  // namespace solnoma
