#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/command_description.hpp"
#include "tools/io/output.hpp"
#include "tools/outcome.hpp"

namespace CLI {
class App;
}

namespace solnoma {

/// What was typed of a command, as far as it was.
struct TypedCommand {
  std::string name;
  std::vector<std::pair<std::string, std::string>> options;  ///< long names; of a flag no value
  std::vector<std::string> words;                            ///< its arguments
  std::string usual_format;  ///< what holds where `format` is none of these; empty: it has none
  bool takes_as_of = false;
};

/// What may be done in place of a command.
using Instead = std::function<std::optional<Outcome>(const TypedCommand&)>;

/// One command of the program, as it is told to the parser of the command line. The
/// variables that options write to must outlive the parsing: keep them in shared_ptr
/// that `run` captures. command_line.cpp is the sole user of the parsing library.
/// The options that are used most have a letter as well, the same in every command.
class Command {
 public:
  /// A word after the command's name.
  void argument(const char* name, std::string& value, const std::string& help,
                bool required = true);
  /// Any number of words; with `required` at least one.
  void arguments(const char* name, std::vector<std::string>& values, const std::string& help,
                 bool required);

  /// `--name TYPE`. `otherwise` is what the help says of leaving it out.
  void option(const char* name, std::string& value, const std::string& help, const char* type,
              const std::string& otherwise = {}, bool required = false);
  /// The same, as often as wanted.
  void options(const char* name, std::vector<std::string>& values, const std::string& help,
               const char* type);
  void number(const char* name, std::uint64_t& value, const std::string& help, std::uint64_t least,
              std::uint64_t most, const std::string& otherwise);
  /// One of `choices`; `value` holds the default. A `--format` that may be json can be written
  /// `--json` too.
  void choice(const char* name, std::string& value, const std::vector<std::string>& choices,
              const std::string& help);
  void flag(const char* name, bool& value, const std::string& help);

  /// What the help says at its end.
  void footer(const std::string& text);

  /// What the command does.
  void run(std::function<Outcome()> action);

 private:
  friend class CommandLine;
  Command(CLI::App& app, ProgramDescription& program, Outcome& outcome, const Instead& instead)
      : app_(&app),
        program_(&program),
        number_(program.commands.size() - 1),
        outcome_(&outcome),
        instead_(&instead) {}
  [[nodiscard]] CommandDescription& description() { return program_->commands[number_]; }

  CLI::App* app_;
  ProgramDescription* program_;
  std::size_t number_;  // of this command in the description
  Outcome* outcome_;
  const Instead* instead_;
};

/// The program's whole command line.
class CommandLine {
 public:
  CommandLine(const std::string& help, const std::string& version, const std::string& footer);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// An option of every command, which may also stand before it; also read from the
  /// environment.
  void common_option(const char* name, std::string& value, const std::string& help,
                     const char* type, const char* variable);
  /// The same of a number up to `most`.
  void common_number(const char* name, std::uint64_t& value, const std::string& help,
                     std::uint64_t most, const char* type, const char* variable);
  void common_flag(const char* name, bool& value, const std::string& help);
  [[nodiscard]] Command command(const char* name, const std::string& help);

  /// Asked before the command that was typed runs: an outcome takes its place.
  void instead(Instead ask) { instead_ = std::move(ask); }

  /// Parses, runs the command, and says what it came to. Writes help, in lines of `width` columns,
  /// and version to `out`. Errors: those of the command; usage, with the nearest name for a
  /// mistyped one.
  [[nodiscard]] Outcome run(int argc, const char* const* argv, Output& out, std::size_t width);

  /// All that was told so far.
  [[nodiscard]] const ProgramDescription& description() const { return description_; }

 private:
  std::unique_ptr<CLI::App> app_;
  ProgramDescription description_;
  Outcome outcome_;
  Instead instead_;
};

}  // namespace solnoma
