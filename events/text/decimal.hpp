#pragma once

#include <compare>
#include <string_view>

namespace solnoma {

/// Compares two decimal numbers of any length by value, exactly: "10" and "10.0" are equal.
/// Precondition: is_decimal() of both.
[[nodiscard]] std::strong_ordering compare_decimals(std::string_view a, std::string_view b);

}  // namespace solnoma
