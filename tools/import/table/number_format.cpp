#include "tools/import/table/number_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/day.hpp"

namespace solnoma {

ShownAs shown_by(std::string_view code) {
  bool year = false, month = false, day = false, percent = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    switch (code[i]) {
      case '"':  // text
        i = std::min(code.find('"', i + 1), code.size());
        break;
      case '[':  // a colour, a condition, a language
        i = std::min(code.find(']', i + 1), code.size());
        break;
      case '\\':  // the character behind it as it is, or as wide, or repeated
      case '_':
      case '*':
        ++i;
        break;
      case 'y':
      case 'Y':
        year = true;
        break;
      case 'm':
      case 'M':
        month = true;
        break;
      case 'd':
      case 'D':
        day = true;
        break;
      case '%':
        percent = true;
        break;
      case 'G':
      case 'g':
        if (code.substr(i, 7) == "General") i += 6;
        break;
      default:
        break;
    }
  }
  if (day) return ShownAs::day;
  if (year) return month ? ShownAs::month : ShownAs::year;
  return percent ? ShownAs::percent : ShownAs::number;
}

ShownAs shown_by_number(int format) {
  if (format == 9 || format == 10) return ShownAs::percent;
  if (format == 17) return ShownAs::month;
  const bool day = (format >= 14 && format <= 16) || format == 22 ||
                   (format >= 27 && format <= 31) || format == 36 ||
                   (format >= 50 && format <= 54) || format == 57 || format == 58;
  return day ? ShownAs::day : ShownAs::number;
}

std::optional<std::string> date_text(double serial, ShownAs shown, bool from_1904) {
  constexpr double kLast = 2'958'466;  // 31 December 9999
  constexpr double kSeconds = 86'400;
  if (!(serial >= 0 && serial < kLast)) return std::nullopt;
  auto days = static_cast<int>(serial);
  auto seconds = static_cast<int>(std::lround((serial - days) * kSeconds));
  if (seconds == kSeconds) {
    ++days;
    seconds = 0;
  }
  // Without a day it is a time of day. The 1900 system has a 29 February 1900, on day 60.
  if (!from_1904 && days == 0) return std::nullopt;
  constexpr int kDayZero = -25'569, kDayZero1904 = -24'107;  // of the days since 1970
  const int leap = !from_1904 && days < 60 ? 1 : 0;
  const std::string day = to_string(Day{days + leap + (from_1904 ? kDayZero1904 : kDayZero)});
  if (seconds != 0)
    return fmt::format("{} {:02}:{:02}:{:02}", day, seconds / 3600, seconds / 60 % 60,
                       seconds % 60);
  if (shown == ShownAs::year && day.ends_with("-01-01")) return day.substr(0, 4);
  if (shown == ShownAs::month && day.ends_with("-01")) return day.substr(0, 7);
  return day;
}

}  // namespace solnoma
