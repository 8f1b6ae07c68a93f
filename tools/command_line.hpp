#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/outcome.hpp"

namespace CLI {
class App;
}

namespace solnoma {

/// One command of the program, as it is told to the parser of the command line. The
/// variables that options write to must outlive the parsing: keep them in shared_ptr
/// that `run` captures. command.cpp is the sole user of the parsing library.
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
  /// One of `choices`; `value` holds the default.
  void choice(const char* name, std::string& value, const std::vector<std::string>& choices,
              const std::string& help);
  void flag(const char* name, bool& value, const std::string& help);

  /// What the help says at its end.
  void footer(const std::string& text);

  /// What the command does.
  void run(std::function<Outcome()> action);

 private:
  friend class CommandLine;
  Command(CLI::App& app, Outcome& outcome) : app_(&app), outcome_(&outcome) {}
  CLI::App* app_;
  Outcome* outcome_;
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

  /// Parses, runs the command, and says what it came to. Prints help and version itself.
  /// Errors: those of the command; usage, with the nearest name for a mistyped one.
  [[nodiscard]] Outcome run(int argc, const char* const* argv);

 private:
  std::unique_ptr<CLI::App> app_;
  Outcome outcome_;
};

}  // namespace solnoma
