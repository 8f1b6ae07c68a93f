#include "tools/settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "events/language.hpp"
#include "events/text/nearest.hpp"
#include "events/text/text.hpp"
#include "tools/import/table/toml_text.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kNobodySaid = "otherwise";

constexpr std::array<SettingRow, kSettings> kSettingTable{{
    {"store", "directory of the store; in the file, as seen from its folder"},
    {"lang", "language of names and headings"},
    {"key", "private key that sign uses"},
    {"origin", "name of the log and of who signs"},
    {"pager", "command that shows long answers; cat: none"},
    {"color", "colours of an answer: auto, always, never"},
    {"wait", "seconds to wait for another one that writes", true},
    {"token", "what a server that is the store knows you by"},
    {"ca", "file of the authorities that such a server is trusted by, in place of the system's"},
}};

/// What is wrong_value with a value; empty: nothing.
std::string wrong_value(Setting setting, std::string_view value) {
  const auto none_of = [&](const std::vector<std::string_view>& choices) {
    if (std::ranges::find(choices, value) != choices.end()) return std::string();
    return fmt::format("'{}' is none of {}", visible(value.substr(0, 60)),
                       fmt::join(choices, ", "));
  };
  if (setting == Setting::lang) {
    std::vector<std::string_view> codes;
    for (const auto& each : kLanguages) codes.push_back(each.code);
    return none_of(codes);
  }
  if (setting == Setting::color) return none_of({"auto", "always", "never"});
  if (setting == Setting::wait) {
    std::uint64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc{} || end != value.data() + value.size() || seconds > kLongestWait)
      return fmt::format("it must be a number from 0 to {}", kLongestWait);
  }
  return value.empty() && setting != Setting::pager ? "it is empty" : "";
}

bool is_path_setting(Setting setting) {
  return setting == Setting::store || setting == Setting::key || setting == Setting::ca;
}

/// A path in the file: from the folder of the file on, or from the user's own; an address as it is.
std::string path_from(const std::string& file, const std::string& value,
                      const Variables& variables) {
  if (value.contains("://")) return value;  // a server's
  if (value == "~" || value.starts_with("~/"))
    return variables("HOME").value_or("~") + value.substr(1);
  return (std::filesystem::path(file).parent_path() / value).lexically_normal();
}

std::string usual_file(const Variables& variables) {
  constexpr std::string_view kName = "solnoma/config.toml";
  if (const auto folder = variables("XDG_CONFIG_HOME"); folder && !folder->empty())
    return fmt::format("{}/{}", *folder, kName);
  if (const auto home = variables("HOME"); home && !home->empty())
    return fmt::format("{}/.config/{}", *home, kName);
  return "";
}

}  // namespace

const std::array<SettingRow, kSettings>& setting_rows() {
  return kSettingTable;
}

std::string variable_of(Setting setting) {
  std::string name = "SOLNOMA_";
  for (const char letter : kSettingTable.at(static_cast<std::size_t>(setting)).name)
    name += static_cast<char>(letter - 'a' + 'A');
  return name;
}

Settings::Settings() {
  held(Setting::store).value = kUsualStore;
  held(Setting::lang).value = kLanguages[0].code;
  held(Setting::origin).value = "solnoma";
  held(Setting::pager).value = "less";
  held(Setting::color).value = "auto";
  held(Setting::wait).value = "5";
  for (Held& each : held_) each.where = kNobodySaid;
}

Try<Settings> Settings::of(const Variables& variables) {
  Settings settings;
  // What the environment says to all programs.
  if (const auto pager = variables("PAGER"))
    settings.held(Setting::pager) = {*pager, Origin::environment, "$PAGER"};
  else if (const auto terminal = variables("TERM");
           !terminal || terminal->empty() || terminal == "dumb")
    settings.held(Setting::pager) = {"cat", Origin::environment, "$TERM"};
  // As no-color.org and bixense.com/clicolors have it.
  const auto said = [&](const char* name) {
    const auto value = variables(name);
    return value && !value->empty();
  };
  if (said("CLICOLOR_FORCE") && variables("CLICOLOR_FORCE") != "0")
    settings.held(Setting::color) = {"always", Origin::environment, "$CLICOLOR_FORCE"};
  if (said("NO_COLOR")) settings.held(Setting::color) = {"never", Origin::environment, "$NO_COLOR"};
  if (auto ok = settings.read_file(variables); !ok) return refuse(ok);
  settings.find_store();
  if (auto ok = settings.read_variables(variables); !ok) return refuse(ok);
  return settings;
}

Outcome Settings::read_file(const Variables& variables) {
  const auto named = variables("SOLNOMA_CONFIG");
  file_ = named ? *named : usual_file(variables);
  if (file_.empty()) return {};
  std::error_code error;
  const auto status = std::filesystem::status(file_, error);
  if (!std::filesystem::exists(status)) {
    if (!named) return {};
    return usage(fmt::format("$SOLNOMA_CONFIG: there is no file '{}'", file_),
                 "name one, or unset the variable");
  }
  std::ifstream in(file_, std::ios::binary);
  std::ostringstream text;
  // Of an empty file nothing is read, which the stream takes for a failure.
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (std::filesystem::is_directory(status) || in.bad() || !in.is_open())
    return usage(fmt::format("the settings in '{}' cannot be read", file_),
                 "make it a file that you may read");
  file_is_there_ = true;
  auto table = toml_from_text(std::move(text).str(), file_);
  if (!table) return std::unexpected(Failure(table.error(), Exit::usage));
  std::vector<std::string_view> names;
  for (const SettingRow& row : kSettingTable) names.push_back(row.name);
  for (const auto& [key, node] : *table) {
    const std::string where = fmt::format("{}:{}", file_, node.source().begin.line);
    const auto refused = [&](std::string what, std::string remedy) -> Outcome {
      return std::unexpected(Failure(
          Error{Errc::invalid, fmt::format("{}: {}", key.str(), what), where, std::move(remedy)},
          Exit::usage));
    };
    const auto row = std::ranges::find(kSettingTable, key.str(), &SettingRow::name);
    if (row == kSettingTable.end()) {
      const auto near = nearest(key.str(), names);
      unknown_.push_back(
          near ? fmt::format("there is no setting '{}', in {}; did you mean '{}'?", key.str(),
                             where, *near)
               : fmt::format("there is no setting '{}', in {}; 'solnoma config' lists them",
                             key.str(), where));
      continue;
    }
    const auto setting = static_cast<Setting>(row - kSettingTable.begin());
    const bool right = row->number ? node.is_integer() : node.is_string();
    if (!right)
      return refused(
          row->number ? "it must be a number" : "it must be a text",
          row->number ? fmt::format("write it as in {} = 5", row->name) : "write it in quotes");
    std::string value =
        row->number ? fmt::format("{}", *node.value<std::int64_t>()) : *node.value<std::string>();
    if (std::string what = wrong_value(setting, value); !what.empty())
      return refused(std::move(what), "correct it there, or take the line away");
    constexpr auto kOthersRead =
        std::filesystem::perms::group_read | std::filesystem::perms::others_read;
    if (setting == Setting::token &&
        (status.permissions() & kOthersRead) != std::filesystem::perms::none)
      return refused("others than you may read the file", fmt::format("chmod 600 {}", file_));
    if (is_path_setting(setting)) value = path_from(file_, value, variables);
    if (setting == Setting::store) store_of_file_ = value;
    held(setting) = {std::move(value), Origin::file, where};
  }
  return {};
}

Outcome Settings::read_variables(const Variables& variables) {
  for (const SettingRow& row : kSettingTable) {
    const auto setting = static_cast<Setting>(&row - kSettingTable.data());
    const std::string name = variable_of(setting);
    const auto value = variables(name.c_str());
    if (!value || (value->empty() && setting != Setting::pager)) continue;
    if (const std::string what = wrong_value(setting, *value); !what.empty())
      return usage(fmt::format("${}: {}", name, what), "correct it, or unset the variable");
    held(setting) = {*value, Origin::variable, "$" + name};
  }
  return {};
}

void Settings::find_store() {
  std::error_code error;
  if (std::filesystem::is_directory(kUsualStore, error)) {
    held(Setting::store) = {std::string(kUsualStore), Origin::found, "the working folder"};
    return;
  }
  const std::filesystem::path here = std::filesystem::current_path(error);
  for (std::filesystem::path folder = here; folder.has_relative_path();) {
    folder = folder.parent_path();
    if (const auto store = folder / kUsualStore; std::filesystem::is_directory(store, error)) {
      held(Setting::store) = {store, Origin::found, "a folder above"};
      return;
    }
  }
}

void Settings::give(Setting setting, std::string value, std::string option) {
  held(setting) = {std::move(value), Origin::option, std::move(option)};
}

std::string Settings::store_to_make() const {
  const Held& store = (*this)[Setting::store];
  if (store.origin != Origin::found || store.value == kUsualStore) return store.value;
  return store_of_file_.empty() ? std::string(kUsualStore) : store_of_file_;
}

}  // namespace solnoma
