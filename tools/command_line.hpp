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
#include "tools/settings.hpp"

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
  bool takes_language = false;
};

/// What may be done in place of a command.
using Instead = std::function<std::optional<Outcome>(const TypedCommand&)>;
class CommandLine;

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
  /// `-o FILE`, after --format was told of: where that is not given, the ending of the file says
  /// what `format` is (tools/report/formats.hpp).
  void output(std::string& file, std::string& format);
  /// The value of the option `name`, which was told of before, may also be set for all commands.
  void may_be_set(const char* name, Setting setting, std::string& value);

  /// What the help says at its end.
  void footer(const std::string& text);

  /// What the command does.
  void run(std::function<Outcome()> action);

 private:
  friend class CommandLine;
  Command(CLI::App& app, CommandLine& line, std::size_t number)
      : app_(&app), line_(&line), number_(number) {}
  [[nodiscard]] CommandDescription& description();

  CLI::App* app_;
  CommandLine* line_;
  std::function<Outcome()> before_;  // the action
  std::size_t number_;               // of this command in the description
};

/// The program's whole command line.
class CommandLine {
 public:
  /// `settings` are those that hold where no option is given; they learn which are.
  CommandLine(const std::string& help, const std::string& version, const std::string& footer,
              Settings& settings);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// An option of every command, which may also stand before it; also read from the
  /// environment.
  void common_option(const char* name, std::string& value, const std::string& help,
                     const char* type, const char* variable);
  /// One whose value may also be set; `value` holds what is said where nobody set it.
  void common_setting(const char* name, Setting setting, std::string& value,
                      const std::string& help, const char* type,
                      const std::vector<std::string>& choices = {});
  void common_setting(const char* name, Setting setting, std::uint64_t& value,
                      const std::string& help, std::uint64_t most, const char* type);
  void common_flag(const char* name, bool& value, const std::string& help);
  [[nodiscard]] Command command(const char* name, const std::string& help);

  /// Asked before the command that was typed runs: an outcome takes its place.
  void instead(Instead ask) { instead_ = std::move(ask); }

  /// The word that the parser takes for a command, where only options of every command stand before
  /// it; none also where help or the version is asked for there.
  [[nodiscard]] std::optional<std::string> typed_command(int argc, const char* const* argv) const;

  /// Parses, runs the command, and says what it came to. Writes help, in lines of `width` columns,
  /// and version to `out`. Errors: those of the command; usage, with the nearest name for a
  /// mistyped one.
  [[nodiscard]] Outcome run(int argc, const char* const* argv, Output& out, std::size_t width);

  /// No command but help does anything but to say why.
  void refuse_all(Failure why) { refused_ = std::move(why); }

  /// All that was told so far.
  [[nodiscard]] const ProgramDescription& description() const { return description_; }

 private:
  friend class Command;
  struct Common;  // an option that is a setting
  void learn_given();

  std::unique_ptr<CLI::App> app_;
  ProgramDescription description_;
  Settings* settings_;
  std::vector<Common> common_;
  std::optional<Failure> refused_;
  Outcome outcome_;
  Instead instead_;
};

}  // namespace solnoma
