#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/clock.hpp"
#include "tools/io/json_values.hpp"

namespace solnoma {

/// Reads the members of a JSON object that the program has written itself, and keeps the first that
/// is wrong.
class JsonMembers {
 public:
  /// Errors of done(): invalid, where it is no object.
  explicit JsonMembers(std::string_view text) {
    json_.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
    if (json_.HasParseError() || !json_.IsObject()) wrong_ = "it is no JSON object";
  }

  std::string text(const char* name) {
    const auto* const value = member(name);
    if (value != nullptr && value->IsString()) return std::string(text_of(*value));
    miss(name);
    return {};
  }
  std::uint64_t count(const char* name) {
    const auto* const value = member(name);
    if (value != nullptr && value->IsUint64()) return value->GetUint64();
    miss(name);
    return 0;
  }
  Instant instant(const char* name) {
    const auto read = instant_from_text(text(name));
    if (!read) miss(name);
    return read.value_or(Instant{});
  }
  void miss(const char* name) {
    if (wrong_.empty()) wrong_ = std::string("'") + name + "' is missing, or no such thing";
  }

  [[nodiscard]] Result<void> done() const {
    if (wrong_.empty()) return {};
    return fail(Errc::invalid, wrong_);
  }

 private:
  const rapidjson::Value* member(const char* name) const {
    if (!json_.IsObject()) return nullptr;
    const auto found = json_.FindMember(name);
    return found == json_.MemberEnd() ? nullptr : &found->value;
  }

  rapidjson::Document json_;
  std::string wrong_;
};

}  // namespace solnoma
