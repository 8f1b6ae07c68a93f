#include "events/json/compact.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

namespace solnoma {
namespace {

using rapidjson::Value;

/// Deeper than any geometry, and shallow enough to be walked by recursion.
constexpr int kDeepest = 16;

bool is_deeper(const Value& value, int most) {
  if (most == 0) return value.IsObject() || value.IsArray();
  if (value.IsObject())
    return std::ranges::any_of(value.GetObject(),
                               [&](const auto& m) { return is_deeper(m.value, most - 1); });
  if (value.IsArray())
    return std::ranges::any_of(value.GetArray(),
                               [&](const auto& item) { return is_deeper(item, most - 1); });
  return false;
}

}  // namespace

bool is_json_object(std::string_view text) {
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  if (text.find('\0') != std::string_view::npos) return false;  // the parser's end
  rapidjson::Document document;
  document.Parse<kFlags>(text.data(), text.size());
  return !document.HasParseError() && document.IsObject();
}

std::optional<std::string> compact_object(const Value& value) {
  return value.IsObject() ? compact_json(value) : std::nullopt;
}

std::optional<std::string> compact_json(const Value& value) {
  if (is_deeper(value, kDeepest)) return std::nullopt;
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer(text);
  value.Accept(writer);
  return std::string(text.GetString(), text.GetSize());
}

}  // namespace solnoma
