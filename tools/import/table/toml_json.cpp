#include "tools/import/table/toml_json.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <sstream>

#include "tools/import/table/toml_text.hpp"

namespace solnoma {
namespace {

using Value = rapidjson::Value;

std::string text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

/// Adds `value` to an array or, with its key, to a table: whatever `add` is.
template <class Add>
bool add_value(const Value& value, const Add& add);

bool fill(const Value& object, toml::table& table) {
  return std::ranges::all_of(object.GetObject(), [&](const auto& member) {
    return add_value(member.value, [&](auto&& each) {
      table.insert_or_assign(text_of(member.name), std::forward<decltype(each)>(each));
    });
  });
}

bool fill(const Value& list, toml::array& array) {
  return std::ranges::all_of(list.GetArray(), [&](const Value& value) {
    return add_value(value,
                     [&](auto&& each) { array.push_back(std::forward<decltype(each)>(each)); });
  });
}

template <class Add>
bool add_value(const Value& value, const Add& add) {
  if (value.IsString()) {
    add(text_of(value));
  } else if (value.IsBool()) {
    add(value.GetBool());
  } else if (value.IsInt64()) {
    add(value.GetInt64());
  } else if (value.IsNumber()) {
    add(value.GetDouble());
  } else if (value.IsObject()) {
    toml::table table;
    if (!fill(value, table)) return false;
    add(std::move(table));
  } else if (value.IsArray()) {
    toml::array array;
    if (!fill(value, array)) return false;
    add(std::move(array));
  } else {
    return false;
  }
  return true;
}

Result<toml::table> table_of(std::string_view json, const std::string& file) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag>(json.data(),
                                                                                      json.size());
  if (document.HasParseError()) {
    const auto line = 1 + std::ranges::count(json.substr(0, document.GetErrorOffset()), '\n');
    return at(fmt::format("{}:{}", file, line),
              Error{Errc::invalid,
                    fmt::format("it is not JSON: {}",
                                rapidjson::GetParseError_En(document.GetParseError())),
                    {},
                    "mend it there"});
  }
  toml::table table;
  if (!document.IsObject() || !fill(document, table))
    return at(file, Error{Errc::invalid,
                          "it is no object of texts, numbers, lists and objects",
                          {},
                          "leave out what there is nothing to say of"});
  return table;
}

}  // namespace

Result<std::string> notated(std::string_view json, Notation notation,
                            std::span<const std::string_view> without) {
  auto table = table_of(json, "the event");
  if (!table) return std::unexpected(table.error());
  for (const std::string_view name : without) table->erase(name);
  std::ostringstream text;
  if (notation == Notation::toml)
    text << toml::toml_formatter{*table, toml::toml_formatter::default_flags &
                                             ~toml::format_flags::allow_literal_strings}
         << '\n';
  else
    text << toml::json_formatter{*table} << '\n';
  return std::move(text).str();
}

Result<std::string> json_of(const std::string& text, Notation notation, const std::string& file,
                            std::span<const std::pair<std::string_view, std::string_view>> with) {
  auto table = notation == Notation::toml ? toml_from_text(text, file) : table_of(text, file);
  if (!table) return std::unexpected(table.error());
  for (const auto& [name, value] : with) table->insert_or_assign(name, std::string(value));
  std::ostringstream json;
  json << toml::json_formatter{*table};
  return std::move(json).str();
}

}  // namespace solnoma
