#include <fmt/format.h>

#include "events/text/nearest.hpp"
#include "events/text/text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/report/text/table.hpp"

namespace solnoma {
namespace {

std::string_view name(Origin origin) {
  switch (origin) {
    case Origin::otherwise:
      return "otherwise";
    case Origin::environment:
    case Origin::variable:
      return "environment";
    case Origin::file:
      return "file";
    case Origin::found:
      return "found";
    case Origin::option:
      return "option";
  }
  return "";
}

/// A secret is not shown by the way.
std::string shown(Setting setting, const Held& held) {
  return setting == Setting::token && !held.value.empty() ? "(is set)" : held.value;
}

std::string json_of(const Settings& settings) {
  JsonWriter json;
  json.begin_object();
  json.key("file").text_or_null(settings.file());
  json.key("exists").boolean(settings.file_is_there());
  json.key("settings").begin_array();
  for (std::size_t i = 0; i < kSettings; ++i) {
    const Held& held = settings[static_cast<Setting>(i)];
    json.begin_object();
    json.key("name").text(setting_rows().at(i).name);
    json.key("value").text_or_null(shown(static_cast<Setting>(i), held));
    json.key("from").text(name(held.origin));
    json.key("where").text(held.where);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::string(json.text()) + "\n";
}

std::string text_of(const Settings& settings) {
  std::vector<std::vector<std::string>> rows{{"Setting", "Value", "From"}};
  for (std::size_t i = 0; i < kSettings; ++i) {
    const Held& held = settings[static_cast<Setting>(i)];
    rows.push_back({std::string(setting_rows().at(i).name),
                    visible(shown(static_cast<Setting>(i), held)), visible(held.where)});
  }
  const std::string file =
      settings.file().empty()
          ? "no file of settings"
          : visible(settings.file()) + (settings.file_is_there() ? "" : " (there is no such file)");
  return file + "\n\n" + text_table(rows);
}

Outcome show(Context& context, const std::string& setting, const std::string& format) {
  const Settings& settings = context.settings;
  if (setting.empty()) {
    context.out.write(format == "json" ? json_of(settings) : text_of(settings));
    return {};
  }
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kSettings; ++i) {
    names.push_back(setting_rows().at(i).name);
    if (names.back() != setting) continue;
    context.out.line(visible(settings[static_cast<Setting>(i)].value));
    return {};
  }
  const auto near = nearest(setting, names);
  return refuse(std::expected<void, Error>(
      fail(Errc::not_found, fmt::format("there is no setting '{}'", setting.substr(0, 60)),
           near ? fmt::format("did you mean '{}'?", *near) : "'solnoma config' lists them")));
}

}  // namespace

void add_config(CommandLine& line, Context& context) {
  Command command = line.command("config", "What is set for all commands, and where");
  auto setting = std::make_shared<std::string>();
  auto format = std::make_shared<std::string>("text");
  command.argument("SETTING", *setting, "Only the value of this one, as in lang",
                   /*required=*/false);
  command.choice("--format", *format, {"text", "json"}, "");
  std::string footer =
      "Settings stand in $XDG_CONFIG_HOME/solnoma/config.toml, else "
      "~/.config/solnoma/config.toml,\n"
      "or in the file that $SOLNOMA_CONFIG names:\n";
  for (std::size_t i = 0; i < kSettings; ++i)
    footer += fmt::format("  {:<7} {}\n", setting_rows().at(i).name, setting_rows().at(i).help);
  footer +=
      "An option beats $SOLNOMA_NAME, that beats the file, and the file beats $PAGER, $NO_COLOR\n"
      "and $CLICOLOR_FORCE.\n"
      "A store that lies in the working folder or above it beats the file, too.\n"
      "Example of a file:\n  lang = \"ru\"\n  store = \"~/chronicle/solnoma.store\"";
  command.footer(footer);
  command.run([&context, setting, format] { return show(context, *setting, *format); });
}

}  // namespace solnoma
