#pragma once

#include <optional>
#include <string_view>

namespace solnoma {

/// 1 to 12, of a word in folded_name()'s form: a month of English, Russian (in any case) or Uzbek
/// (Latin or Cyrillic), whole or as its usual abbreviation. Pure.
[[nodiscard]] std::optional<int> month_of(std::string_view word);

}  // namespace solnoma
