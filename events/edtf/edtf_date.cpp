#include "events/edtf/edtf_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include "events/edtf/edtf_pattern.hpp"
#include "events/edtf/edtf_season.hpp"
#include "events/edtf/edtf_year.hpp"
#include "events/text/digits.hpp"
#include "events/text/quote.hpp"

namespace solnoma {

namespace {

constexpr std::string_view kUnspecified = "XX";

std::unexpected<Error> not_a_date() {
  return fail(Errc::invalid, "it is not a date",
              "write a date such as 2022, 2022-03 or 2022-03-15");
}

bool is_qualifier(char c) {
  return c == '?' || c == '~' || c == '%';
}
bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}
bool has_x(std::string_view text) {
  return text.contains('X');
}

bool is_pattern(std::string_view text, std::size_t length) {
  return text.size() == length &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == 'X'; });
}

/// Precondition: at most four digits.
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// A year, month or day as written, with the qualifier on either side ('\0' for none).
struct Component {
  std::string_view text;
  char before = '\0';
  char after = '\0';
};

struct Components {
  std::array<Component, 3> parts;
  std::size_t count = 0;

  [[nodiscard]] std::string_view year() const { return parts[0].text; }
  [[nodiscard]] std::string_view month() const { return parts[1].text; }
  [[nodiscard]] std::string_view day() const { return parts[2].text; }
};

Result<Components> split(std::string_view text) {
  Components date;
  std::size_t pos = 0;
  const auto here = [&] { return pos < text.size() ? text[pos] : '\0'; };
  for (;;) {
    if (date.count == date.parts.size()) return not_a_date();
    Component& part = date.parts[date.count++];
    if (is_qualifier(here())) part.before = text[pos++];
    const std::size_t begin = pos;
    if (date.count == 1) {  // the hyphen of a negative year separates nothing
      if (here() == 'Y') ++pos;
      if (here() == '-') ++pos;
    }
    while (pos < text.size() && text[pos] != '-' && !is_qualifier(text[pos])) ++pos;
    part.text = text.substr(begin, pos - begin);
    if (is_qualifier(here())) part.after = text[pos++];
    if (pos == text.size()) return date;
    if (is_qualifier(here()))
      return fail(Errc::invalid, "two qualifiers stand side by side",
                  "write one: ? for uncertain, ~ for approximate, % for both");
    if (here() != '-') return not_a_date();
    ++pos;
  }
}

void apply_qualifiers(const Components& date, Edtf& meaning) {
  for (std::size_t i = 0; i < date.count; ++i) {
    const Component& part = date.parts[i];
    for (const char qualifier : {part.before, part.after}) {
      if (qualifier == '?' || qualifier == '%') meaning.uncertain = true;
      if (qualifier == '~' || qualifier == '%') meaning.approximate = true;
    }
    // Level 1 has one qualifier only, at the end and about the whole date.
    const bool last = i + 1 == date.count;
    if (part.before != '\0' || (part.after != '\0' && !last)) meaning.level = 2;
    if (part.after != '\0' && last) meaning.level = std::max(meaning.level, 1);
  }
}

/// The lowest level that has these Xs in these places.
int level_of_unspecified(std::string_view year, std::string_view month, std::string_view day) {
  const bool year_known = !has_x(year);
  if (month.empty()) {
    if (year_known) return 0;
    const std::size_t known = year.find('X');
    return known >= 2 && year.substr(known).find_first_not_of('X') == year.npos ? 1 : 2;
  }
  if (!year_known) return 2;
  if (!has_x(month) && !has_x(day)) return 0;
  if (month == kUnspecified) return day.empty() || day == kUnspecified ? 1 : 2;
  return !has_x(month) && day == kUnspecified ? 1 : 2;
}

Result<Bounds> season_bounds(YearPattern year, EdtfSeason season) {
  const auto any = [](int) { return true; };
  const auto next_is_in_calendar = [](int y) { return y < 9999; };
  const std::optional<EdtfYears> years = season.ends_next_year()
                                             ? years_matching(year, next_is_in_calendar)
                                             : years_matching(year, any);
  if (!years)
    return fail(Errc::invalid, "it runs into the year 10000, which lies outside -9999 to 9999",
                "end it with 9999-12-31");
  const std::chrono::year_month_day_last last{
      std::chrono::year{years->last + (season.ends_next_year() ? 1 : 0)},
      std::chrono::month_day_last{std::chrono::month{season.last_month()}}};
  return Bounds{*day_from_civil(years->first, season.first_month, 1),
                *day_from_civil(static_cast<int>(last.year()), season.last_month(),
                                static_cast<unsigned>(last.day()))};
}

Bounds year_bounds(EdtfYears years) {
  return {*day_from_civil(years.first, 1, 1), *day_from_civil(years.last, 12, 31)};
}

Result<Bounds> known_bounds(int year, std::string_view month, std::string_view day) {
  if (month.empty()) return year_bounds({year, year});
  const unsigned month_number = static_cast<unsigned>(number(month));
  if (!day.empty()) {
    const Result<Day> only = day_from_civil(year, month_number, static_cast<unsigned>(number(day)));
    if (!only) return std::unexpected(only.error());
    return Bounds{*only, *only};
  }
  const Result<Day> first = day_from_civil(year, month_number, 1);
  if (!first)
    return fail(Errc::invalid, first.error().what,
                "use 01 to 12, or 21 to 41 for a season, quarter or other part of the year");
  const std::chrono::year_month_day_last last{
      std::chrono::year{year}, std::chrono::month_day_last{std::chrono::month{month_number}}};
  return Bounds{*first, *day_from_civil(year, month_number, static_cast<unsigned>(last.day()))};
}

Result<EdtfDate> read_scaled(const Components& date) {
  const Result<EdtfYears> years = read_scaled_year(date.year());
  if (!years) return std::unexpected(years.error());
  if (date.count > 1)
    return fail(Errc::invalid, "a year with Y, E or S has no months or days",
                "write the year with four digits, or alone");
  EdtfDate read;
  read.meaning.level = 2;  // the level-1 form, Y170000002, is beyond the calendar
  read.meaning.bounds = year_bounds(*years);
  return read;
}

/// Errors: what keeps the parts from being digits and Xs of the right number.
Result<void> check_shape(std::string_view year, const Components& date) {
  if (!is_pattern(year, 4)) {
    if (year.empty() || !all_digits(year)) return not_a_date();
    return fail(Errc::invalid, fmt::format("the year {} has not four digits", clipped(year)),
                "write years with four digits and dates with hyphens: 0079 or 2022-03-15");
  }
  for (std::size_t i = 1; i < date.count; ++i) {
    const std::string_view text = date.parts[i].text;
    if (is_pattern(text, 2)) continue;
    if (text.empty() || !all_digits(text)) return not_a_date();
    return fail(
        Errc::invalid,
        fmt::format("the {} {} has not two digits", i == 1 ? "month" : "day", clipped(text)),
        "write months and days with two digits, such as 2022-03-05");
  }
  return {};
}

/// Precondition: check_shape() found nothing.
Result<EdtfDate> read_four_digit(YearPattern year, const Components& date) {
  const std::string_view month = date.month();
  const std::string_view day = date.day();
  EdtfDate read;
  read.unspecified = has_x(year.digits) || has_x(month) || has_x(day);
  read.precision = date.count == 1   ? EdtfPrecision::year
                   : date.count == 2 ? EdtfPrecision::month
                                     : EdtfPrecision::day;
  read.meaning.level =
      std::max(year.negative ? 1 : 0, level_of_unspecified(year.digits, month, day));
  if (year.negative && year.digits == "0000")
    return fail(Errc::invalid, "the year zero has no sign", "write 0000");

  if (!month.empty() && !has_x(month)) {
    const unsigned code = static_cast<unsigned>(number(month));
    if (const std::optional<EdtfSeason> season = edtf_season(code)) {
      if (date.count == 3)
        return fail(Errc::invalid, fmt::format("{} in place of a month has no days", code),
                    "drop the day, or give the month as 01 to 12");
      const Result<Bounds> bounds = season_bounds(year, *season);
      if (!bounds) return std::unexpected(bounds.error());
      read.precision = EdtfPrecision::season;
      read.meaning.level = std::max(read.meaning.level, edtf_season_level(code));
      read.meaning.bounds = *bounds;
      return read;
    }
  }

  if (!read.unspecified) {
    const int value = number(year.digits);
    const Result<Bounds> bounds = known_bounds(year.negative ? -value : value, month, day);
    if (!bounds) return std::unexpected(bounds.error());
    read.meaning.bounds = *bounds;
    return read;
  }
  const std::optional<Bounds> bounds =
      days_matching(year, month.empty() ? kUnspecified : month, day.empty() ? kUnspecified : day);
  if (!bounds)
    return fail(Errc::invalid, "no day of the calendar has these digits",
                "put X only where some digit makes a date, such as 2022-1X or 2022-02-XX");
  read.meaning.bounds = *bounds;
  return read;
}

}  // namespace

Result<EdtfDate> read_edtf_date(std::string_view text) {
  const Result<Components> date = split(text);
  if (!date) return std::unexpected(date.error());

  Result<EdtfDate> read;
  if (is_scaled_year(date->year())) {
    read = read_scaled(*date);
  } else {
    YearPattern year{false, date->year()};
    year.negative = year.digits.starts_with('-');
    if (year.negative) year.digits.remove_prefix(1);
    if (const Result<void> shape = check_shape(year.digits, *date); !shape)
      return std::unexpected(shape.error());
    read = read_four_digit(year, *date);
  }
  if (read) apply_qualifiers(*date, read->meaning);
  return read;
}

}  // namespace solnoma
