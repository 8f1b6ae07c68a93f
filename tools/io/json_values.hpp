#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

namespace solnoma {

/// What a JSON string says. Precondition: it is one.
[[nodiscard]] inline std::string_view text_of(const rapidjson::Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

/// A value as it is written.
[[nodiscard]] inline std::string json_of(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

/// What a member says; empty: there is none, or it is no string.
[[nodiscard]] inline std::string member_text(const rapidjson::Value& object, const char* name) {
  if (!object.IsObject()) return {};
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsString()) return {};
  return std::string(text_of(found->value));
}

}  // namespace solnoma
