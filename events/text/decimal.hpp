#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace solnoma {

/// Exact arithmetic on decimals as text, as is_decimal() has them but of any length. A result has
/// as many digits behind the point as the more precise of what it was made of: 10.50 + 1 = 11.50.
/// Pure.

/// Whether a text is a decimal, of any length.
[[nodiscard]] bool is_any_decimal(std::string_view text);

[[nodiscard]] std::string decimal_sum(std::string_view a, std::string_view b);

/// One digit more where it takes one: half of 13 is 6.5.
[[nodiscard]] std::string decimal_half(std::string_view a);

/// As numbers: 1.0 equals 1.
[[nodiscard]] std::strong_ordering compare_decimals(std::string_view a, std::string_view b);

}  // namespace solnoma
