#include "engine/day.hpp"

#include <fmt/format.h>

#include <chrono>

#include "engine/base/check.hpp"

namespace solnoma {

Result<Day> day_from_civil(int year, unsigned month, unsigned day) {
  if (year < -9999 || year > 9999)
    return fail(Errc::invalid, fmt::format("the year {} lies outside -9999 to 9999", year));
  if (month < 1 || month > 12)
    return fail(Errc::invalid, fmt::format("there is no month {:02}", month), "use 01 to 12");
  const std::chrono::year_month_day civil{std::chrono::year{year}, std::chrono::month{month},
                                          std::chrono::day{day}};
  if (!civil.ok())
    return fail(Errc::invalid, fmt::format("{}-{:02} has no day {:02}", year, month, day),
                "use a day that the month has");
  return Day{static_cast<std::int32_t>(std::chrono::sys_days{civil}.time_since_epoch().count())};
}

std::string to_string(Day day) {
  SOLNOMA_CHECK(is_calendar_day(day));
  const std::chrono::year_month_day civil{std::chrono::sys_days{std::chrono::days{day.number}}};
  const int year = static_cast<int>(civil.year());
  return fmt::format("{}{:04}-{:02}-{:02}", year < 0 ? "-" : "", year < 0 ? -year : year,
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

Result<Day> day_from_text(std::string_view text) {
  const std::string_view given = text;
  const auto malformed = [&] {
    return fail(Errc::invalid, fmt::format("'{}' is not a day", given), "write it as YYYY-MM-DD");
  };
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return malformed();
  int parts[3] = {0, 0, 0};
  int part = 0;
  for (const char c : text) {
    if (c == '-') {
      ++part;
      continue;
    }
    if (c < '0' || c > '9' || part > 2) return malformed();
    parts[part] = parts[part] * 10 + (c - '0');
  }
  if (part != 2) return malformed();
  return day_from_civil(negative ? -parts[0] : parts[0], static_cast<unsigned>(parts[1]),
                        static_cast<unsigned>(parts[2]));
}

}  // namespace solnoma
