#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "tools/import/table/repairs.hpp"

namespace solnoma {

/// Which of the parts of 03/04/2022 is the day.
enum class DayOrder { unknown, day_first, month_first };

/// What a mapping says of dates that they do not say themselves.
struct DateStyle {
  DayOrder order = DayOrder::unknown;
  std::string fiscal;  ///< the month and day on which fiscal years begin, "07-01"; empty: not said
};

/// A date as tables have it, as EDTF: "2018.0", "31.12.2024", "12 марта 2024 г.", "Q3 2024",
/// "III кв. 2024", "1990s", "FY2024/25", "2018–2020", "ca. 2015", "by 2030", serial days of
/// spreadsheets (45123, the 1900 system), times of midnight. What is EDTF stays as it is. `cell` is
/// cleaned text, not empty. Month names in English, Russian and Uzbek (both scripts). Pure. Errors:
/// invalid, when it is not understood, or could be two days, or needs what `style` does not say.
[[nodiscard]] Result<std::string> date_of_cell(std::string_view cell, const DateStyle& style,
                                               Repairs& repairs);

}  // namespace solnoma
