#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>

namespace solnoma {

/// A value as compact JSON; none where it is nested deeper than any that we know: it is not walked
/// by recursion.
[[nodiscard]] std::optional<std::string> compact_json(const rapidjson::Value& value);

/// The same of an object; none where it is something else.
[[nodiscard]] std::optional<std::string> compact_object(const rapidjson::Value& value);

/// Whether a text can stand as it is where JSON wants an object: what a damaged log holds for one
/// may be anything.
[[nodiscard]] bool is_json_object(std::string_view text);

}  // namespace solnoma
