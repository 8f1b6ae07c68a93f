#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace solnoma {

/// What a part of a date is that somebody typed. The letters make shapes to look at: "Y-Y".
namespace typed {
inline constexpr char kYear = 'Y';     ///< four digits
inline constexpr char kNumber = 'n';   ///< one or two digits, or a Roman number of a quarter
inline constexpr char kDigits6 = 'b';  ///< as in 202403
inline constexpr char kDigits8 = 'B';  ///< as in 20240331
inline constexpr char kOther = '#';    ///< any other number
inline constexpr char kMonth = 'M', kSeason = 'S', kQuarter = 'Q', kHalf = 'H';
inline constexpr char kEarly = 'e', kMiddle = 'm', kLate = 'l';
inline constexpr char kAbout = 'c', kPerhaps = 'p';
inline constexpr char kBefore = '<', kBy = 'y', kAfter = '>', kSince = 's';
inline constexpr char kTo = 't', kOr = 'o', kOpen = 'O';
inline constexpr char kDecade = 'D', kFiscal = 'F', kTime = 'T', kNothing = 'u';
inline constexpr char kDash = '_';  ///< any but the hyphen, or a hyphen between spaces
inline constexpr char kWord = 'w';  ///< that is not known here
}  // namespace typed

struct TypedPart {
  char kind = typed::kWord;  ///< one of the above; punctuation stands for itself
  unsigned value = 0;        ///< of numbers, months (1-12) and seasons (1-4, from spring)
};

/// The parts of a text that is no EDTF, in English, Russian or Uzbek. Words that add nothing
/// ("year") are left out. Nothing for what has more parts than a date.
[[nodiscard]] std::optional<std::vector<TypedPart>> typed_parts(std::string_view text);

/// The kinds, one letter a part.
[[nodiscard]] std::string shape_of(const std::vector<TypedPart>& parts);

}  // namespace solnoma
