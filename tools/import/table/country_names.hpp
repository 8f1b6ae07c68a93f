#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace solnoma {

/// The ISO 3166-1 code (alpha-2) of a country as tables name it: its code, or its name in the
/// languages of the project (ICU's display names), or one that is in use beside it ("DR Congo").
/// Pure; thread-safe.
[[nodiscard]] std::optional<std::string> country_code(std::string_view name);

}  // namespace solnoma
