#pragma once

#include <optional>
#include <string_view>

#include "engine/day.hpp"
#include "events/edtf/edtf_year.hpp"

namespace solnoma {

/// Digits of a year, of which any may be an unspecified `X`.
struct YearPattern {
  bool negative = false;
  std::string_view digits;  ///< four of 0-9 and X
};

/// The first and last year that the pattern matches and `accepted` takes; nothing if
/// there is none. The pattern is about four digits and a sign, so XXXX means 0000 to
/// 9999 and -XXXX means -9999 to -0001; there is no year -0000.
[[nodiscard]] std::optional<EdtfYears> years_matching(YearPattern pattern,
                                                      bool (*accepted)(int year));

/// The first and last real day that the patterns match; nothing if there is none.
/// `month` and `day` are two of 0-9 and X each. A date without a day or month has the
/// same bounds as one with `XX` there, and is asked for in that way.
[[nodiscard]] std::optional<Bounds> days_matching(YearPattern year, std::string_view month,
                                                  std::string_view day);

}  // namespace solnoma
