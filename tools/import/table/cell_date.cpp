#include "tools/import/table/cell_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "engine/day.hpp"
#include "events/edtf.hpp"
#include "events/text/digits.hpp"
#include "events/text/folded_name.hpp"
#include "tools/import/table/month_names.hpp"

namespace solnoma {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  if (digits.size() > 6 || !all_digits(digits)) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// A year as tables have them: what is outside is a slip or a serial day.
std::optional<int> year_of(std::string_view digits) {
  const auto year = number(digits);
  return year && digits.size() == 4 && *year >= 1000 && *year < 3000 ? year : std::nullopt;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t i = text.find(from); i != std::string::npos; i = text.find(from, i + to.size()))
    text.replace(i, from.size(), to);
}

std::string without_spaces(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

/// Takes one of these from the front of a text, whatever the case.
bool take_front(std::string& text, std::initializer_list<std::string_view> words) {
  const std::string folded = folded_name(text);
  for (const std::string_view word : words) {
    if (!folded.starts_with(word) || folded.size() == word.size()) continue;
    // The same letters stand in the text, perhaps in another case and with a full stop.
    std::size_t i = word.size();
    if (i >= text.size()) continue;
    while (i < text.size() && (text[i] == '.' || text[i] == ' ' || text[i] == ':')) ++i;
    if (folded_name(text.substr(0, i)) != word) continue;
    text.erase(0, i);
    return true;
  }
  return false;
}

/// The words and numbers of a date, in folded form.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string folded = folded_name(text);
  std::size_t begin = 0;
  while (begin < folded.size()) {
    std::size_t end = folded.find(' ', begin);
    if (end == std::string::npos) end = folded.size();
    // "12th", "2024г", "2024q3": digits and letters are words of their own.
    for (std::size_t i = begin; i < end;) {
      std::size_t j = i;
      while (j < end && is_digit(folded[j]) == is_digit(folded[i])) ++j;
      words.emplace_back(folded.substr(i, j - i));
      i = j;
    }
    begin = end + 1;
  }
  return words;
}

std::optional<int> roman(std::string_view word) {
  constexpr std::array<std::string_view, 4> kRoman = {"i", "ii", "iii", "iv"};
  const auto found = std::ranges::find(kRoman, word);
  return found == kRoman.end() ? std::nullopt
                               : std::optional(static_cast<int>(found - kRoman.begin()) + 1);
}

class Reading {
 public:
  Reading(const DateStyle& style, Repairs& repairs) : style_(style), repairs_(repairs) {}

  Result<std::string> read(std::string text) {
    constexpr std::size_t kLongest = 100;
    if (text.size() > kLongest) return not_understood();
    cut_time(text);
    const std::string suffix = take_doubt(text);
    if (text.empty()) return not_understood();
    if (auto plain = one(text)) return done(*plain + suffix);
    if (error_) return std::unexpected(*error_);
    if (auto interval = range(text)) return done(*interval);
    if (error_) return std::unexpected(*error_);
    if (parse_edtf(text)) return text + suffix;
    return not_understood();
  }

 private:
  static std::unexpected<Error> not_understood() {
    return fail(Errc::invalid, "the date is not understood",
                "write it as in 2024-03-15, 2024-03 or 2024");
  }

  Result<std::string> done(std::string edtf) const {
    if (auto ok = parse_edtf(edtf); !ok)
      return fail(Errc::invalid, "the date does not exist", "look it up");
    return edtf;
  }

  void cut_time(std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon < 3) return;
    std::size_t begin = colon - 1;
    while (begin > 0 && is_digit(text[begin])) --begin;
    if (begin < 8 || (text[begin] != ' ' && text[begin] != 'T')) return;
    const std::string_view time = std::string_view(text).substr(begin + 1);
    if (time.find_first_not_of("0123456789:.Z+-") != std::string_view::npos) return;
    const bool midnight = time.find_first_not_of("0:.Z+-") == std::string_view::npos;
    repairs_.add(midnight ? "times of midnight were cut off dates" : "times were cut off dates");
    text.erase(begin);
  }

  /// Takes what says that a date is not sure: "?" and "~" as EDTF has them behind it.
  std::string take_doubt(std::string& text) {
    bool about = take_front(text, {"circa", "approximately", "approx", "about", "ca", "c", "around",
                                   "около", "ок", "примерно", "taxminan", "тахминан"});
    bool unsure = false;
    if (text.starts_with('~')) {
      about = true;
      text.erase(0, 1);
    }
    while (!text.empty() && (text.back() == '?' || text.back() == '~')) {
      (text.back() == '?' ? unsure : about) = true;
      text.pop_back();
    }
    text = without_spaces(text);
    return unsure && about ? "%" : unsure ? "?" : about ? "~" : "";
  }

  /// One date, of whatever precision.
  std::optional<std::string> one(const std::string& text) {
    if (is_iso(text)) return text;
    if (auto edtf = plain_number(text)) return edtf;
    if (auto edtf = numeric(text)) return edtf;
    if (error_) return std::nullopt;
    if (auto edtf = decade(text)) return edtf;
    if (auto edtf = fiscal(text)) return edtf;
    if (error_) return std::nullopt;
    return in_words(text);
  }

  /// "2024-03-15" or "2024-03", but not "2021-22".
  static bool is_iso(std::string_view text) {
    if (text.size() == 10) return day_from_text(text).has_value();
    return text.size() == 7 && text[4] == '-' && year_of(text.substr(0, 4)) &&
           number(text.substr(5)).value_or(0) >= 1 && number(text.substr(5)) <= 12;
  }

  std::optional<std::string> plain_number(std::string text) {
    const std::size_t point = text.find('.');
    const bool fraction = point != std::string::npos && all_digits(text.substr(0, point)) &&
                          all_digits(text.substr(point + 1));
    if (fraction && (text.find_first_not_of('0', point + 1) == std::string::npos || point == 5)) {
      text.erase(point);
      if (point != 5) repairs_.add("\".0\" was cut off years");
    }
    if (year_of(text)) return text;
    if (const auto serial = number(text); serial && *serial >= 10'000 && *serial < 80'000) {
      constexpr int kDayZero = -25'569;  // 30 December 1899, of the days since 1970
      repairs_.add("serial days of spreadsheets became dates");
      return to_string(Day{kDayZero + *serial});
    }
    return std::nullopt;
  }

  /// "31.12.2024", "12/2024", "2024-3-1", "2024/03".
  std::optional<std::string> numeric(const std::string& text) {
    const std::size_t separator = text.find_first_of("./-");
    if (separator == std::string::npos ||
        text.find_first_not_of("0123456789./-") != std::string::npos)
      return std::nullopt;
    const char sign = text[separator];
    std::vector<std::string> parts(1);
    for (const char c : text) {
      if (c == sign)
        parts.emplace_back();
      else
        parts.back() += c;
    }
    if (parts.size() > 3 ||
        !std::ranges::all_of(parts, [](const auto& p) { return all_digits(p); }))
      return std::nullopt;
    if (parts.size() == 2) return month_and_year(parts, sign);
    if (year_of(parts[0])) return day(parts[0], parts[1], parts[2]);
    if (!year_of(parts[2])) return std::nullopt;
    const int a = number(parts[0]).value_or(99), b = number(parts[1]).value_or(99);
    DayOrder order = style_.order;
    if (order == DayOrder::unknown && (a > 12 || sign == '.')) order = DayOrder::day_first;
    if (order == DayOrder::unknown && b > 12) order = DayOrder::month_first;
    if (order == DayOrder::unknown && a == b) order = DayOrder::day_first;
    if (order == DayOrder::unknown) {
      error_ = Error{Errc::invalid,
                     "the date may be two days",
                     {},
                     "say in the mapping which comes first: order = \"dmy\" or \"mdy\""};
      return std::nullopt;
    }
    return order == DayOrder::day_first ? day(parts[2], parts[1], parts[0])
                                        : day(parts[2], parts[0], parts[1]);
  }

  std::optional<std::string> month_and_year(const std::vector<std::string>& parts, char sign) {
    const int a = number(parts[0]).value_or(0), b = number(parts[1]).value_or(0);
    if (year_of(parts[1]) && a >= 1 && a <= 12 && parts[0].size() <= 2) {
      repairs_.add("dates were written as ISO 8601 has them");
      return fmt::format("{}-{:02}", parts[1], a);
    }
    if (!year_of(parts[0]) || parts[1].size() > 2) return std::nullopt;
    if (b >= 1 && b <= 12 && (sign != '-' || parts[1].size() == 2)) {
      if (sign != '-') repairs_.add("dates were written as ISO 8601 has them");
      return fmt::format("{}-{:02}", parts[0], b);
    }
    return std::nullopt;
  }

  std::optional<std::string> day(const std::string& year, const std::string& month,
                                 const std::string& day) {
    const std::string edtf = fmt::format("{}-{:0>2}-{:0>2}", year, month, day);
    if (!parse_edtf(edtf)) {
      error_ = Error{Errc::invalid, "the date does not exist", {}, "look it up"};
      return std::nullopt;
    }
    repairs_.add("dates were written as ISO 8601 has them");
    return edtf;
  }

  /// "1990s", "1990-е", "1990-х гг."
  std::optional<std::string> decade(const std::string& text) {
    const auto words = words_of(text);
    if (words.size() < 2 || !year_of(words[0]) || words[0][3] != '0') return std::nullopt;
    constexpr std::array<std::string_view, 6> kEndings = {"s", "е", "х", "ые", "yillar", "ииллар"};
    if (std::ranges::find(kEndings, words[1]) == kEndings.end()) return std::nullopt;
    repairs_.add("decades became years with an open digit");
    return words[0].substr(0, 3) + "X";
  }

  /// "FY2024", "FY 2024/25": only where the mapping says when these begin.
  std::optional<std::string> fiscal(const std::string& text) {
    const auto words = words_of(text);
    const bool named = words.size() >= 2 && (words[0] == "fy" || words[0] == "fiscal");
    const std::size_t first = named ? (words[0] == "fiscal" && words[1] == "year" ? 2 : 1) : 0;
    if (words.size() <= first || !year_of(words[first])) return std::nullopt;
    const int year = *year_of(words[first]);
    const bool divided = words.size() == first + 2 && follows(year, words[first + 1]);
    if (!named && (!divided || text.find('/') == std::string::npos)) return std::nullopt;
    if (words.size() > first + 1 && !divided) return std::nullopt;
    if (style_.fiscal.empty()) {
      if (!named) return std::nullopt;
      error_ = Error{Errc::invalid,
                     "the date is a fiscal year",
                     {},
                     "say in the mapping when these begin, as in fiscal = \"07-01\""};
      return std::nullopt;
    }
    const int begins = divided || style_.fiscal == "01-01" ? year : year - 1;
    const auto start = parse_edtf(fmt::format("{}-{}", begins, style_.fiscal));
    if (!start) return std::nullopt;
    const auto next = parse_edtf(fmt::format("{}-{}", begins + 1, style_.fiscal));
    repairs_.add("fiscal years became intervals");
    return fmt::format("{}/{}", to_string(start->bounds.earliest),
                       to_string(Day{next->bounds.earliest.number - 1}));
  }

  /// Whether digits name the next year, whole or by its last two.
  static bool follows(int year, const std::string& digits) {
    const auto next = number(digits);
    return next && (digits.size() == 4 ? *next == year + 1
                                       : digits.size() == 2 && *next == (year + 1) % 100);
  }

  /// With words: months, quarters, halves.
  std::optional<std::string> in_words(const std::string& text) {
    std::optional<int> year, month, loose;
    bool wants_quarter = false, wants_half = false;
    const auto words = words_of(text);
    for (const std::string& word : words) {
      if (year_of(word)) {
        if (year) return std::nullopt;
        year = year_of(word);
      } else if (all_digits(word)) {
        if (loose || word.size() > 2) return std::nullopt;
        loose = number(word);
      } else if (const auto named = month_of(word)) {
        if (month) return std::nullopt;
        month = named;
      } else if (const auto count = roman(word)) {
        loose = count;
      } else if (word == "q" || word == "qtr" || word == "quarter" || word == "кв" ||
                 word.starts_with("кварт") || word == "chorak" || word == "чорак") {
        wants_quarter = true;
      } else if (word == "h" || word == "half" || word.starts_with("полугод") ||
                 word.starts_with("yarim") || word.starts_with("ярим")) {
        wants_half = true;
      } else if (!is_filler(word)) {
        return std::nullopt;
      }
    }
    if (!year) return std::nullopt;
    if (wants_quarter || wants_half) {
      const int most = wants_quarter ? 4 : 2;
      if (month || !loose || *loose < 1 || *loose > most) return std::nullopt;
      repairs_.add(wants_quarter ? "quarters became those of EDTF"
                                 : "half-years became those of EDTF");
      return fmt::format("{}-{}", *year, (wants_quarter ? 32 : 39) + *loose);
    }
    if (!month)
      return words.size() > 1 && !loose ? std::optional(fmt::format("{}", *year)) : std::nullopt;
    repairs_.add("names of months became numbers");
    if (!loose) return fmt::format("{}-{:02}", *year, *month);
    const std::string edtf = fmt::format("{}-{:02}-{:02}", *year, *month, *loose);
    if (parse_edtf(edtf)) return edtf;
    error_ = Error{Errc::invalid, "the date does not exist", {}, "look it up"};
    return std::nullopt;
  }

  /// Words that a date may have and that say nothing: endings of numbers, "year". As folded_name()
  /// has them, without the mark of й.
  static bool is_filler(std::string_view word) {
    constexpr std::array<std::string_view, 22> kFillers = {
        "st", "nd", "rd",  "th",   "of",    "г",   "год",  "года",  "году", "гг",  "и",
        "го", "е",  "yil", "yili", "yilda", "иил", "иили", "иилда", "year", "the", "in"};
    return std::ranges::find(kFillers, word) != kFillers.end();
  }

  /// "2018–2020", "March 2018 to May 2019", "2021-22", "by 2030".
  std::optional<std::string> range(std::string text) {
    if (take_front(text, {"by", "before", "until", "not later than", "до", "к", "не позднее"})) {
      const auto end = one(without_spaces(text));
      return end ? std::optional(fmt::format("[..{}]", *end)) : std::nullopt;
    }
    for (const std::string_view dash : {"–", "—", " to ", " по ", "..", " - "})
      replace_all(text, dash, "/");
    std::size_t slash = text.find('/');
    if (slash == std::string::npos) slash = text.find('-');  // "2018-2020"
    if (slash == std::string::npos) return std::nullopt;
    const std::string first = without_spaces(text.substr(0, slash));
    std::string second = without_spaces(text.substr(slash + 1));
    if (const auto year = year_of(first);
        year && second.size() == 2 && number(second) > *year % 100)
      second = first.substr(0, 2) + second;
    const auto begin = one(first);
    const auto end = begin ? one(second) : std::nullopt;
    if (!end) return std::nullopt;
    repairs_.add("spans became intervals");
    return *begin + "/" + *end;
  }

  const DateStyle& style_;
  Repairs& repairs_;
  std::optional<Error> error_;
};

}  // namespace

Result<std::string> date_of_cell(std::string_view cell, const DateStyle& style, Repairs& repairs) {
  return Reading(style, repairs).read(without_spaces(cell));
}

}  // namespace solnoma
