#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace solnoma {

/// The name that a mistyped one was probably meant to be: the one at the smallest edit
/// distance, if that is small for its length; the first of equals. Neighbouring characters that
/// changed places count as one mistake.
[[nodiscard]] std::optional<std::string> nearest(std::string_view typed,
                                                 std::span<const std::string_view> names);

}  // namespace solnoma
