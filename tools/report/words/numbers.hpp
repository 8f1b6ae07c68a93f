#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// Numbers and lists as a language writes them, by ICU's data (CLDR). The numbers are decimals
/// as text (is_decimal) and lose no digit. Reading that data takes a few milliseconds when it is
/// first asked for: short texts for a terminal do without.

/// "1,234.5", "1 234,5" (with no-break spaces).
[[nodiscard]] std::string number_in_words(std::string_view decimal, Language language);

/// "60 million", "60 млн" where that says all in at most three digits after the point, and is
/// a million or more; otherwise as number_in_words().
[[nodiscard]] std::string large_number_in_words(std::string_view decimal, Language language);

/// The name of a currency in the form that goes with the number: "euros", "евро"; empty for
/// what is no code that ICU knows.
[[nodiscard]] std::string currency_in_words(std::string_view code, std::string_view decimal,
                                            Language language);

/// "a, b, or c", "a, b или c".
[[nodiscard]] std::string any_of_in_words(const std::vector<std::string>& parts, Language language);
/// "a, b, and c", "a, b и c".
[[nodiscard]] std::string all_of_in_words(const std::vector<std::string>& parts, Language language);

/// The twelve months of a language.
struct MonthNames {
  std::vector<std::string> in_date;  ///< as in "1 марта"
  std::vector<std::string> alone;    ///< as in a heading: "март"
  std::vector<std::string> brief;    ///< alone and abbreviated, for an axis: "мар"
};
[[nodiscard]] const MonthNames& month_names(Language language);

}  // namespace solnoma
