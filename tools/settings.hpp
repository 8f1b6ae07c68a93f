#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/outcome.hpp"

namespace solnoma {

/// What a user may set for all commands at once, in the order of kSettingRows.
enum class Setting : std::uint8_t { store, lang, key, origin, pager, color, wait, token, ca };

/// One setting: its name in the file, and what it is about. The environment has it as SOLNOMA_NAME.
struct SettingRow {
  std::string_view name;
  std::string_view help;
  bool number = false;  ///< in the file a number, not a text
};
inline constexpr std::string_view kUsualStore = "solnoma.store";
inline constexpr std::size_t kSettings = 9;
inline constexpr std::uint64_t kLongestWait = 86'400;  ///< seconds: a day
[[nodiscard]] const std::array<SettingRow, kSettings>& setting_rows();
/// "SOLNOMA_STORE".
[[nodiscard]] std::string variable_of(Setting setting);

/// Where a value comes from; the later is the stronger.
enum class Origin : std::uint8_t {
  otherwise,    ///< nobody set it
  environment,  ///< a variable that is not this program's own, as PAGER or NO_COLOR
  file,         ///< the file of settings
  found,        ///< of the store: in the working folder, or above it
  variable,     ///< SOLNOMA_NAME
  option,       ///< of the command line
};

/// What holds of a setting, and where that was said: "$PAGER", "config.toml:3", "--store".
struct Held {
  std::string value;
  Origin origin = Origin::otherwise;
  std::string where;
};

/// A variable of the environment; none: it is not there.
using Variables = std::function<std::optional<std::string>(const char*)>;

/// A command line's own settings (README.md): options, which are given to it, beat variables of
/// this program, which beat the file, which beats what the environment says to all programs.
class Settings {
 public:
  /// Those of an environment without file and variables.
  Settings();

  /// Reads the file that $SOLNOMA_CONFIG names (empty: none), else solnoma/config.toml in
  /// $XDG_CONFIG_HOME or ~/.config, where there is one; and looks for a store in the working folder
  /// and above it. Errors: usage, naming the line of the file or the variable.
  [[nodiscard]] static Try<Settings> of(const Variables& variables);

  [[nodiscard]] const Held& operator[](Setting setting) const {
    return held_.at(static_cast<std::size_t>(setting));
  }
  /// An option was given, which beats the rest.
  void give(Setting setting, std::string value, std::string option);

  /// The store that a command makes which makes one: never one that was found above.
  [[nodiscard]] std::string store_to_make() const;
  /// The file that was read, or would be; empty: none.
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] bool file_is_there() const { return file_is_there_; }
  /// What the file has that no setting is called: a line for each.
  [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  [[nodiscard]] Outcome read_file(const Variables& variables);
  [[nodiscard]] Outcome read_variables(const Variables& variables);
  void find_store();
  Held& held(Setting setting) { return held_.at(static_cast<std::size_t>(setting)); }

  std::array<Held, kSettings> held_;
  std::string store_of_file_;  // where another one was found
  std::string file_;
  bool file_is_there_ = false;
  std::vector<std::string> unknown_;
};

}  // namespace solnoma
