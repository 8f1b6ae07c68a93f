#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>

namespace solnoma {

/// An object as compact JSON; none where it is no object, or nested deeper than any that we know:
/// then it is not walked by recursion.
[[nodiscard]] std::optional<std::string> compact_object(const rapidjson::Value& value);

}  // namespace solnoma
