#include "events/edtf/edtf_pattern.hpp"

#include <algorithm>
#include <chrono>

namespace solnoma {

namespace {

bool is_leap(int year) {
  return std::chrono::year{year}.is_leap();
}

bool any_year(int) {
  return true;
}

bool matches(std::string_view pattern, unsigned two_digits) {
  const char digits[2] = {static_cast<char>('0' + two_digits / 10),
                          static_cast<char>('0' + two_digits % 10)};
  return (pattern[0] == 'X' || pattern[0] == digits[0]) &&
         (pattern[1] == 'X' || pattern[1] == digits[1]);
}

/// The year in which the digits of `choice` stand in place of the Xs, so that a greater
/// choice gives a greater number before the sign.
int year_with(YearPattern pattern, int choice) {
  int year = 0;
  int unit = 1;
  for (std::size_t i = pattern.digits.size(); i-- > 0; unit *= 10) {
    if (pattern.digits[i] == 'X') {
      year += choice % 10 * unit;
      choice /= 10;
    } else {
      year += (pattern.digits[i] - '0') * unit;
    }
  }
  return pattern.negative ? -year : year;
}

struct MonthDay {
  unsigned month = 0;
  unsigned day = 0;
};

unsigned days_in(unsigned month, bool leap) {
  const std::chrono::year_month_day_last end{
      std::chrono::year{leap ? 2000 : 2001},
      std::chrono::month_day_last{std::chrono::month{month}}};
  return static_cast<unsigned>(end.day());
}

enum class From { start_of_year, end_of_year };

/// The first match that is met on the way through the year.
std::optional<MonthDay> find_day(std::string_view month_pattern, std::string_view day_pattern,
                                 bool leap, From from) {
  for (unsigned m = 1; m <= 12; ++m) {
    const unsigned month = from == From::start_of_year ? m : 13 - m;
    if (!matches(month_pattern, month)) continue;
    const unsigned days = days_in(month, leap);
    for (unsigned d = 1; d <= days; ++d) {
      const unsigned day = from == From::start_of_year ? d : days + 1 - d;
      if (matches(day_pattern, day)) return MonthDay{month, day};
    }
  }
  return std::nullopt;
}

Day day_of(int year, MonthDay date) {
  return *day_from_civil(year, date.month, date.day);
}

}  // namespace

std::optional<EdtfYears> years_matching(YearPattern pattern, bool (*accepted)(int year)) {
  int choices = 1;
  for (const char digit : pattern.digits)
    if (digit == 'X') choices *= 10;
  const auto usable = [&](int choice) {
    const int year = year_with(pattern, choice);
    return !(pattern.negative && year == 0) && accepted(year);
  };

  int low = 0;
  while (low < choices && !usable(low)) ++low;
  if (low == choices) return std::nullopt;
  int high = choices - 1;
  while (!usable(high)) --high;
  const int one = year_with(pattern, low);
  const int other = year_with(pattern, high);
  return EdtfYears{std::min(one, other), std::max(one, other)};
}

std::optional<Bounds> days_matching(YearPattern year, std::string_view month,
                                    std::string_view day) {
  // Years differ only in whether they have a 29th of February, so that two kinds of
  // year stand for all of them, and a leap year has every day that a common one has.
  if (!find_day(month, day, true, From::start_of_year)) return std::nullopt;
  const bool in_common_years = find_day(month, day, false, From::start_of_year).has_value();
  const std::optional<EdtfYears> years = years_matching(year, in_common_years ? any_year : is_leap);
  if (!years) return std::nullopt;
  const auto day_in = [&](int y, From from) {
    return day_of(y, *find_day(month, day, is_leap(y), from));
  };
  return Bounds{day_in(years->first, From::start_of_year), day_in(years->last, From::end_of_year)};
}

}  // namespace solnoma
