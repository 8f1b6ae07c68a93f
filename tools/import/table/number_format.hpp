#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace solnoma {

/// What a number of a sheet is shown as. Of dates, the smallest part that is shown.
enum class ShownAs { number, percent, day, month, year };

/// By the code of a number format (ECMA-376 part 1, 18.8.31): "dd/mm/yyyy", "mmm-yy", "0.0%". Pure.
[[nodiscard]] ShownAs shown_by(std::string_view code);
/// By the number of one that has no code in the file (18.8.30). Pure.
[[nodiscard]] ShownAs shown_by_number(int format);

/// A serial day as it is shown: "2024-03-15", with its time where it has one. Days on which a month
/// or a year begins are that month or year where no more is shown. `from_1904`: which day is the
/// first. None: no date has this number. Pure.
[[nodiscard]] std::optional<std::string> date_text(double serial, ShownAs shown, bool from_1904);

}  // namespace solnoma
