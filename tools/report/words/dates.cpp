#include "tools/report/words/dates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "events/edtf.hpp"
#include "events/edtf/edtf_date.hpp"
#include "events/edtf/edtf_year.hpp"
#include "events/text/text.hpp"
#include "tools/report/words/date_writer.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/numbers.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kOpen = "..";

/// The parts of a date's text, without its qualifiers: "20XX", "1X", "".
struct Digits {
  std::string year, month, day;
};

Digits digits_of(std::string_view text) {
  std::string bare;
  for (const char c : text)
    if (c != '?' && c != '~' && c != '%') bare.push_back(c);
  Digits digits;
  std::string* const parts[] = {&digits.year, &digits.month, &digits.day};
  std::size_t part = 0;
  for (const char c : bare) {
    if (c == '-' && !parts[part]->empty() && part < 2)
      ++part;
    else
      parts[part]->push_back(c);
  }
  return digits;
}

/// Which digits are open, and so what is said: all of a part, or only some.
std::string unspecified_in_words(const Digits& digits, const EdtfDate& date,
                                 const DateWriter& write, Wording wording) {
  const Qualifier qualifier{date.meaning.uncertain, date.meaning.approximate};
  const Bounds bounds = date.meaning.bounds;
  const auto open = [](const std::string& part) { return part.empty() || part == "XX"; };
  const bool year_known = !digits.year.contains('X');
  if (open(digits.day) && !digits.month.contains('X') && year_known && !digits.month.empty())
    return plain(bounds.earliest, EdtfPrecision::month, qualifier, write, wording);
  if (open(digits.day) && open(digits.month)) {
    if (year_known) return plain(bounds.earliest, EdtfPrecision::year, qualifier, write, wording);
    std::string text = digits.year.substr(0, 3).contains('X')
                           ? between(bounds, EdtfPrecision::year, write)
                           : write.one(write.pattern(message("in the {year}s")), bounds.earliest);
    return qualified(std::move(text), qualifier, write);
  }
  const bool months = open(digits.day);
  return qualified(between(bounds, months ? EdtfPrecision::month : EdtfPrecision::day, write),
                   qualifier, write);
}

/// Before the year 1 other words would be needed.
bool has_words(Bounds bounds) {
  return is_calendar_day(bounds.earliest) ? civil(bounds.earliest).year >= 1
                                          : civil(bounds.latest).year >= 1;
}

/// Precondition: `text` is a date of EDTF, has_words().
std::string single(std::string_view text, const EdtfDate& date, const DateWriter& write,
                   Wording wording) {
  const Bounds bounds = date.meaning.bounds;
  const Qualifier qualifier{date.meaning.uncertain, date.meaning.approximate};
  const Digits digits = digits_of(text);
  if (is_scaled_year(digits.year)) {
    if (civil(bounds.earliest).year == civil(bounds.latest).year)
      return plain(bounds.earliest, EdtfPrecision::year, qualifier, write, wording);
    return qualified(between(bounds, EdtfPrecision::year, write), qualifier, write);
  }
  if (date.precision == EdtfPrecision::season) {
    const unsigned code = static_cast<unsigned>(std::stoi(digits.month));
    const bool many = digits.year.contains('X');  // the spring of one of several years
    return qualified(
        many ? between(bounds, EdtfPrecision::day, write) : season_in_words(code, bounds, write),
        qualifier, write);
  }
  if (date.unspecified) return unspecified_in_words(digits, date, write, wording);
  return plain(bounds.earliest, date.precision, qualifier, write, wording);
}

/// What an end of an interval says: its days, months or years where they are whole.
EdtfPrecision precision_of(const EdtfDate& date, std::string_view text) {
  if (date.precision == EdtfPrecision::season || date.unspecified || is_scaled_year(text))
    return EdtfPrecision::day;
  return date.precision;
}

std::string open_interval(std::string_view text, const EdtfDate& date, bool has_start,
                          const DateWriter& write) {
  const EdtfPrecision precision = precision_of(date, text);
  const Bounds bounds = date.meaning.bounds;
  if (has_start) {
    if (precision == EdtfPrecision::day)
      return write.one(write.pattern(message("not before {day} {month} {year}")), bounds.earliest);
    return write.one(
        write.pattern(precision == EdtfPrecision::month ? message("not before {month} {year}")
                                                        : message("not before {year}")),
        bounds.earliest);
  }
  if (precision == EdtfPrecision::day)
    return write.one(write.pattern(message("by {day} {month} {year}")), bounds.latest);
  if (precision == EdtfPrecision::month)
    return write.one(write.pattern(message("by the end of {month} {year}")), bounds.latest);
  return write.one(write.pattern(message("before {year}")), Day{bounds.latest.number + 1});
}

/// Precondition: at least one end is a date of EDTF; the other may be "" or "..".
std::string interval(std::string_view start, std::string_view end, const DateWriter& write) {
  const auto read = [](std::string_view text) -> std::optional<EdtfDate> {
    if (text.empty() || text == kOpen) return std::nullopt;
    return *read_edtf_date(text);
  };
  const std::optional<EdtfDate> first = read(start);
  const std::optional<EdtfDate> last = read(end);
  Qualifier qualifier{false, false};
  for (const auto& date : {first, last}) {
    if (!date) continue;
    qualifier.uncertain |= date->meaning.uncertain;
    qualifier.approximate |= date->meaning.approximate;
  }
  std::string text;
  if (!first || !last) {
    text = first ? open_interval(start, *first, /*has_start=*/true, write)
                 : open_interval(end, *last, /*has_start=*/false, write);
  } else {
    const Bounds bounds{first->meaning.bounds.earliest, last->meaning.bounds.latest};
    const EdtfPrecision from = precision_of(*first, start);
    const EdtfPrecision to = precision_of(*last, end);
    if (first->meaning.bounds == last->meaning.bounds && from == to)
      text = plain(bounds.earliest, from, {false, false}, write, Wording::answer);
    else
      text = between(bounds, from == to ? from : EdtfPrecision::day, write);
  }
  return qualified(std::move(text), qualifier, write);
}

std::string set_in_words(std::string_view text, const DateWriter& write) {
  const bool any = text.front() == '[';
  std::string_view rest = text.substr(1, text.size() - 2);
  std::vector<std::string> members;
  for (;;) {
    const std::size_t comma = rest.find(',');
    const std::string_view member = rest.substr(0, comma);
    const std::size_t dots = member.find(kOpen);
    members.push_back(
        dots == member.npos
            ? single(member, *read_edtf_date(member), write, Wording::answer)
            : interval(member.substr(0, dots), member.substr(dots + kOpen.size()), write));
    if (comma == rest.npos) break;
    rest.remove_prefix(comma + 1);
  }
  return any ? any_of_in_words(members, write.language())
             : all_of_in_words(members, write.language());
}

/// A text with a year that has no words may be a member of a set: so the text is asked.
bool has_early_year(std::string_view text) {
  return text.starts_with('-') || text.contains("0000") || text.contains("Y-") ||
         text.contains("/-") || text.contains("[-") || text.contains("{-") || text.contains(",-") ||
         text.contains("..-");
}

}  // namespace

std::string date_in_words(std::string_view edtf, Language language, Wording wording) {
  const Result<Edtf> read = parse_edtf(edtf);
  if (!read) return visible(edtf);
  const DateWriter write(language);
  if (edtf.starts_with("XXXX") && !edtf.contains('/'))
    return qualified(std::string(translate(language, "in an unknown year")),
                     {read->uncertain, read->approximate}, write);
  if (has_early_year(edtf) || !has_words(read->bounds)) return visible(edtf);
  if (edtf.front() == '[' || edtf.front() == '{') return set_in_words(edtf, write);
  if (const std::size_t slash = edtf.find('/'); slash != edtf.npos)
    return interval(edtf.substr(0, slash), edtf.substr(slash + 1), write);
  const std::string_view day = edtf.substr(0, edtf.find('T'));  // the time of day is dropped
  return single(day, *read_edtf_date(day), write, wording);
}

std::string period_in_words(std::string_view edtf, Language language) {
  const std::size_t slash = edtf.find('/');
  const Result<Edtf> read = parse_edtf(edtf);
  if (slash != edtf.npos && read && read->level == 0 && has_words(read->bounds)) {
    const std::string_view start = edtf.substr(0, slash);
    const std::string_view end = edtf.substr(slash + 1);
    const EdtfPrecision precision = read_edtf_date(start)->precision;
    if (precision == read_edtf_date(end)->precision) {
      const DateWriter write(language);
      if (precision == EdtfPrecision::year)
        return write.two(message("{from_year} to {to_year}"), read->bounds);
      if (precision == EdtfPrecision::month &&
          civil(read->bounds.earliest).year == civil(read->bounds.latest).year)
        return write.two(message("{from_month_alone} to {to_month_alone} {year}"), read->bounds);
    }
  }
  return date_in_words(edtf, language, Wording::name);
}

std::string day_in_words(Day day, Language language) {
  return date_in_words(to_string(day), language, Wording::name);
}

std::string by_in_words(Day day, Language language) {
  if (civil(day).year < 1) return translate(language, "by {}", to_string(day));
  const DateWriter write(language);
  return write.one(write.pattern(message("by {day} {month} {year}")), day);
}

std::string date_by_in_words(std::string_view edtf, Day latest, Language language,
                             Wording wording) {
  const Result<Edtf> read = parse_edtf(edtf);
  if (!read || civil(latest).year < 1) return date_in_words(edtf, language, wording);
  const Bounds bounds = read->bounds;
  const DateWriter write(language);
  if (!is_calendar_day(bounds.earliest) && !is_calendar_day(bounds.latest))
    return by_in_words(latest, language);
  if (!is_calendar_day(bounds.latest) && has_words(bounds) && bounds.earliest < latest)
    return between({bounds.earliest, latest}, EdtfPrecision::day, write);
  const bool same_year = is_calendar_day(bounds.earliest) && is_calendar_day(bounds.latest) &&
                         civil(bounds.earliest).year == civil(latest).year &&
                         civil(bounds.latest).year == civil(latest).year;
  const Civil date = civil(latest);
  const MonthNames& names = month_names(language);
  return fill(translate(language, same_year ? message("{when}, by {day} {month}")
                                            : message("{when}, by {day} {month} {year}")),
              {{"when", date_in_words(edtf, language, wording)},
               {"day", fmt::format("{}", date.day)},
               {"month", names.in_date[date.month - 1]},
               {"year", fmt::format("{}", date.year)}});
}

}  // namespace solnoma
