#include "tools/shared/relative_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <span>
#include <vector>

#include "events/text/folded_name.hpp"

namespace solnoma {
namespace {

using std::chrono::year_month_day;

enum class Unit { day, week, month, quarter, year };

/// A word, folded, or where it is inflected its beginning.
struct Word {
  std::string_view word;
  int value;
};

constexpr Word kDays[] = {{"today", 0}, {"сегодня", 0},    {"bugun", 0},  {"бугун", 0},
                          {"now", 0},   {"yesterday", -1}, {"вчера", -1}, {"kecha", -1},
                          {"кеча", -1}, {"tomorrow", 1},   {"завтра", 1}, {"ertaga", 1},
                          {"эртага", 1}};
constexpr Word kSides[] = {{"last", -1},   {"previous", -1}, {"past", -1}, {"прошл", -1},
                           {"otgan", -1},  {"утган", -1},    {"this", 0},  {"эт", 0},
                           {"current", 0}, {"shu", 0},       {"joriy", 0}, {"next", 1},
                           {"coming", 1},  {"следующ", 1},   {"будущ", 1}, {"keyingi", 1},
                           {"kelasi", 1},  {"кейинги", 1},   {"келаси", 1}};
constexpr Word kUnits[] = {
    {"day", static_cast<int>(Unit::day)},         {"ден", static_cast<int>(Unit::day)},
    {"дн", static_cast<int>(Unit::day)},          {"kun", static_cast<int>(Unit::day)},
    {"week", static_cast<int>(Unit::week)},       {"недел", static_cast<int>(Unit::week)},
    {"hafta", static_cast<int>(Unit::week)},      {"month", static_cast<int>(Unit::month)},
    {"месяц", static_cast<int>(Unit::month)},     {"oy", static_cast<int>(Unit::month)},
    {"quarter", static_cast<int>(Unit::quarter)}, {"квартал", static_cast<int>(Unit::quarter)},
    {"chorak", static_cast<int>(Unit::quarter)},  {"year", static_cast<int>(Unit::year)},
    {"год", static_cast<int>(Unit::year)},        {"лет", static_cast<int>(Unit::year)},
    {"yil", static_cast<int>(Unit::year)}};
/// From Monday, 1.
constexpr Word kWeekdays[] = {
    {"monday", 1},   {"понедельник", 1}, {"dushanba", 1}, {"tuesday", 2},    {"вторник", 2},
    {"seshanba", 2}, {"wednesday", 3},   {"сред", 3},     {"chorshanba", 3}, {"thursday", 4},
    {"четверг", 4},  {"payshanba", 4},   {"friday", 5},   {"пятниц", 5},     {"juma", 5},
    {"saturday", 6}, {"суббот", 6},      {"shanba", 6},   {"sunday", 7},     {"воскресен", 7},
    {"yakshanba", 7}};

/// Endings of cases are of three letters at most.
std::optional<int> value_of(std::string_view word, std::span<const Word> words) {
  constexpr std::size_t kEnding = 6;  // bytes
  for (const Word& each : words)
    if (word.starts_with(each.word) && word.size() <= each.word.size() + kEnding &&
        (word.size() == each.word.size() || each.word.size() > 3 ||
         static_cast<unsigned char>(word[0]) >= 0x80))
      return each.value;
  return std::nullopt;
}

std::string civil(year_month_day date, const char* precision) {
  const int year = static_cast<int>(date.year());
  return *precision == 'm' ? fmt::format("{:04}-{:02}", year, static_cast<unsigned>(date.month()))
                           : fmt::format("{:04}", year);
}

year_month_day civil_of(Day day) {
  return year_month_day{std::chrono::sys_days{std::chrono::days{day.number}}};
}

Day plus(Day day, std::int32_t days) {
  return Day{day.number + days};
}

/// 1 to 7, from Monday.
std::int32_t weekday_of(Day day) {
  return static_cast<std::int32_t>(
      std::chrono::weekday{std::chrono::sys_days{std::chrono::days{day.number}}}.iso_encoding());
}

std::string week(Day monday) {
  return to_string(monday) + "/" + to_string(plus(monday, 6));
}

std::string quarter(year_month_day month) {
  const unsigned which = (static_cast<unsigned>(month.month()) - 1) / 3;
  return fmt::format("{:04}-{}", static_cast<int>(month.year()), 33 + which);
}

/// The week, month, quarter or year that lies so many from today's.
std::string whole(Unit unit, int distance, Day today) {
  const year_month_day date = civil_of(today);
  const auto first = date.year() / date.month() / 1;
  switch (unit) {
    case Unit::day:
      return to_string(plus(today, distance));
    case Unit::week:
      return week(plus(today, 1 - weekday_of(today) + 7 * distance));
    case Unit::month:
      return civil(first + std::chrono::months{distance}, "m");
    case Unit::quarter:
      return quarter(first + std::chrono::months{3 * distance});
    case Unit::year:
      break;
  }
  return civil(first + std::chrono::years{distance}, "y");
}

/// The day that lies so many weeks, months … from today; of a month that is shorter, its last.
std::string day_from(Unit unit, int distance, Day today) {
  if (unit == Unit::day || unit == Unit::week)
    return to_string(plus(today, distance * (unit == Unit::week ? 7 : 1)));
  const int months = distance * (unit == Unit::month ? 1 : unit == Unit::quarter ? 3 : 12);
  year_month_day date = civil_of(today) + std::chrono::months{months};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return to_string(
      Day{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())});
}

std::string weekday(int which, int side, Day today) {
  const std::int32_t now = weekday_of(today);
  if (side == 0) return to_string(plus(today, which - now));
  const std::int32_t ahead = (which - now + 7) % 7;
  return to_string(plus(today, side > 0 ? (ahead == 0 ? 7 : ahead) : ahead - 7));
}

std::vector<std::string> words_of(std::string_view text) {
  constexpr std::array<std::string_view, 6> kNoise = {"on", "the", "in", "в", "во", "на"};
  std::vector<std::string> words;
  const std::string folded = folded_name(text);
  for (std::string_view rest = folded; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (std::ranges::find(kNoise, word) == kNoise.end()) words.emplace_back(word);
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return words;
}

/// "3 weeks ago".
std::optional<std::string> ago(const std::vector<std::string>& words, Day today) {
  constexpr std::array<std::string_view, 5> kAgo = {"ago", "назад", "oldin", "avval", "олдин"};
  if (words.size() != 3 || std::ranges::find(kAgo, words[2]) == kAgo.end()) return std::nullopt;
  constexpr int kMost = 9'999;
  int count = 0;
  const auto [end, error] =
      std::from_chars(words[0].data(), words[0].data() + words[0].size(), count);
  const auto unit = value_of(words[1], kUnits);
  if (error != std::errc{} || end != words[0].data() + words[0].size() || count > kMost || !unit)
    return std::nullopt;
  return day_from(static_cast<Unit>(*unit), -count, today);
}

}  // namespace

std::optional<std::string> relative_date(std::string_view text, Day today) {
  constexpr std::size_t kLongest = 60;
  if (text.size() > kLongest) return std::nullopt;
  const auto words = words_of(text);
  if (words.size() == 1) {
    for (const Word& each : kDays)
      if (words[0] == each.word) return to_string(plus(today, each.value));
    return std::nullopt;
  }
  if (words.size() != 2) return ago(words, today);
  const auto side = value_of(words[0], kSides);
  if (!side) return std::nullopt;
  if (const auto day = value_of(words[1], kWeekdays)) return weekday(*day, *side, today);
  if (const auto unit = value_of(words[1], kUnits))
    return whole(static_cast<Unit>(*unit), *side, today);
  return std::nullopt;
}

}  // namespace solnoma
