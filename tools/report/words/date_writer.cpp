#include "tools/report/words/date_writer.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "tools/report/words/messages.hpp"
#include "tools/report/words/numbers.hpp"

namespace solnoma {
namespace {

std::string_view answer_pattern(EdtfPrecision precision, Qualifier qualifier) {
  const std::size_t which =
      static_cast<std::size_t>(qualifier.uncertain) * 2 + qualifier.approximate;
  constexpr std::string_view kDay[] = {
      message("on {day} {month} {year}"), message("about {day} {month} {year}"),
      message("possibly {day} {month} {year}"), message("possibly about {day} {month} {year}")};
  constexpr std::string_view kMonth[] = {
      message("in {month_in} {year}"), message("about {month_in} {year}"),
      message("possibly {month_in} {year}"), message("possibly about {month_in} {year}")};
  constexpr std::string_view kYear[] = {message("in {year}"), message("about {year}"),
                                        message("possibly {year}"),
                                        message("possibly about {year}")};
  if (precision == EdtfPrecision::day) return kDay[which];
  return precision == EdtfPrecision::month ? kMonth[which] : kYear[which];
}

}  // namespace

Civil civil(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day.number}}};
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day())};
}

std::string_view DateWriter::pattern(std::string_view english) const {
  return translate(language_, english);
}

std::string DateWriter::one(std::string_view translated, Day at) const {
  const Civil date = civil(at);
  const MonthNames& names = month_names(language_);
  return fill(translated, {{"year", fmt::format("{}", date.year)},
                           {"day", fmt::format("{}", date.day)},
                           {"month", names.in_date[date.month - 1]},
                           {"month_alone", names.alone[date.month - 1]},
                           {"month_in", month_in(date.month)}});
}

std::string DateWriter::two(std::string_view english, Bounds at) const {
  const Civil from = civil(at.earliest);
  const Civil to = civil(at.latest);
  const MonthNames& names = month_names(language_);
  return fill(pattern(english), {{"from_year", fmt::format("{}", from.year)},
                                 {"from_day", fmt::format("{}", from.day)},
                                 {"from_month", names.in_date[from.month - 1]},
                                 {"from_month_alone", names.alone[from.month - 1]},
                                 {"to_year", fmt::format("{}", to.year)},
                                 {"to_day", fmt::format("{}", to.day)},
                                 {"to_month", names.in_date[to.month - 1]},
                                 {"to_month_alone", names.alone[to.month - 1]},
                                 {"year", fmt::format("{}", to.year)},
                                 {"month", names.in_date[to.month - 1]}});
}

/// As after "in", which Russian has a case for and CLDR has not.
std::string_view DateWriter::month_in(unsigned month) const {
  return translate_in(language_, "in", month_names(Language::en).alone[month - 1]);
}

std::string qualified(std::string text, Qualifier qualifier, const DateWriter& write) {
  if (qualifier.approximate) text = translate(write.language(), "approximately {}", text);
  if (qualifier.uncertain)
    text = fmt::format(fmt::runtime(translate_in(write.language(), "date", "possibly {}")), text);
  return text;
}

std::string plain(Day at, EdtfPrecision precision, Qualifier qualifier, const DateWriter& write,
                  Wording wording) {
  if (wording == Wording::answer || !qualifier.none())
    return write.one(write.pattern(answer_pattern(precision, qualifier)), at);
  if (precision == EdtfPrecision::day)
    return write.one(write.pattern(message("{day} {month} {year}")), at);
  if (precision == EdtfPrecision::month)
    return write.one(write.pattern(message("{month_alone} {year}")), at);
  return write.one(translate_in(write.language(), "date", "{year}"), at);
}

std::string between(Bounds bounds, EdtfPrecision precision, const DateWriter& write) {
  const Civil from = civil(bounds.earliest);
  const Civil to = civil(bounds.latest);
  const bool same_year = from.year == to.year;
  if (precision == EdtfPrecision::year)
    return write.two(message("between {from_year} and {to_year}"), bounds);
  if (precision == EdtfPrecision::month)
    return same_year
               ? write.two(message("between {from_month} and {to_month_alone} {year}"), bounds)
               : write.two(
                     message("between {from_month} {from_year} and {to_month_alone} {to_year}"),
                     bounds);
  if (same_year && from.month == to.month)
    return write.two(message("between {from_day} and {to_day} {month} {year}"), bounds);
  return same_year
             ? write.two(message("between {from_day} {from_month} and {to_day} {to_month} {year}"),
                         bounds)
             : write.two(message("between {from_day} {from_month} {from_year} and {to_day} "
                                 "{to_month} {to_year}"),
                         bounds);
}

std::string season_in_words(unsigned code, Bounds bounds, const DateWriter& write) {
  constexpr std::string_view kSeasons[] = {message("in spring {year}"), message("in summer {year}"),
                                           message("in autumn {year}"),
                                           message("in winter {year}")};
  constexpr std::string_view kParts[] = {
      message("in the first quarter of {year}"), message("in the second quarter of {year}"),
      message("in the third quarter of {year}"), message("in the fourth quarter of {year}"),
      message("in the first third of {year}"),   message("in the second third of {year}"),
      message("in the last third of {year}"),    message("in the first half of {year}"),
      message("in the second half of {year}")};
  constexpr unsigned kFirstSeason = 21;
  constexpr unsigned kFirstSouthern = 29;
  constexpr unsigned kFirstPart = 33;
  const int year = civil(bounds.earliest).year;
  const int next = civil(bounds.latest).year;
  const std::string years =
      year == next ? fmt::format("{}", year) : fmt::format("{}/{:02}", year, next % 100);
  if (code >= kFirstPart) return fill(write.pattern(kParts[code - kFirstPart]), {{"year", years}});
  std::string text = fill(write.pattern(kSeasons[(code - kFirstSeason) % 4]), {{"year", years}});
  return code < kFirstSouthern ? text
                               : translate(write.language(), "{} (southern hemisphere)", text);
}

}  // namespace solnoma
