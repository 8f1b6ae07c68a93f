#include "tools/report/words/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "events/text/text.hpp"
#include "tools/report/words/dates.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/numbers.hpp"

namespace solnoma {
namespace {

/// How a unit stands behind its number.
struct Unit {
  std::string_view name, one, many;
  bool counted;  ///< things, which take plurals in every text; other units have short forms
};

/// Those of the shipped history; others are shown as they were recorded.
constexpr auto kUnits = std::to_array<Unit>({
    {"companies", message("{} company"), message("{} companies"), true},
    {"buildings", message("{} building"), message("{} buildings"), true},
    {"participants", message("{} participant"), message("{} participants"), true},
    {"countries", message("{} country"), message("{} countries"), true},
    {"projects", message("{} project"), message("{} projects"), true},
    {"USD", message("{} US dollar"), message("{} US dollars"), false},
    {"percent", message("{} percent"), message("{} percent"), false},
});
constexpr std::string_view kRank = "rank";

const Unit* find_unit(std::string_view name) {
  const auto* const found = std::ranges::find(kUnits, name, &Unit::name);
  return found == kUnits.end() ? nullptr : found;
}

/// Patterns for a bound, by what they stand around: "", "count" or "amount".
std::string bounded(const std::string& text, Bound bound, Language language,
                    std::string_view around) {
  if (bound == Bound::exact) return text;
  std::string pattern(name(bound));
  std::ranges::replace(pattern, '-', ' ');
  return fmt::format(fmt::runtime(translate_in(language, around, pattern + " {}")), text);
}

/// Which plural form goes with a number. In Russian a fraction takes the genitive singular:
/// the form of 2, and where a bound has made a genitive of all, that of 1.
std::uint64_t plural_number(std::string_view decimal, Bound bound, Language language) {
  if (decimal.starts_with('-')) decimal.remove_prefix(1);
  std::uint64_t n = 0;
  if (decimal.contains('.')) return language == Language::ru && bound != Bound::exact ? 1 : 2;
  const auto [end, error] = std::from_chars(decimal.data(), decimal.data() + decimal.size(), n);
  return error == std::errc() ? n : 100;  // too many for a number: as a hundred
}

/// Behind the number stands the thing that is counted.
std::string counted(const Unit& unit, const std::string& number, const Quantity& quantity,
                    Language language) {
  const bool exact = quantity.bound == Bound::exact;
  const std::string_view pattern =
      translate_plural_in(language, exact ? "" : "bounded", unit.one, unit.many,
                          plural_number(quantity.value, quantity.bound, language));
  const std::string amount =
      unit.counted ? bounded(number, quantity.bound, language, "count") : number;
  std::string text = fmt::format(fmt::runtime(pattern), amount);
  return unit.counted ? text : bounded(text, quantity.bound, language, "amount");
}

/// 10200000000 reads better as 10 200 000 000; fractions stay as they are.
std::string grouped(const std::string& decimal) {
  const auto dot = decimal.find('.');
  std::string whole = decimal.substr(0, dot);
  const std::size_t first = whole.starts_with('-') ? 1 : 0;
  for (std::size_t i = whole.size(); i > first + 3;) {
    i -= 3;
    whole.insert(i, " ");
  }
  return dot == std::string::npos ? whole : whole + decimal.substr(dot);
}

}  // namespace

std::string phrase(const Quantity& quantity, Language language) {
  const std::string number = grouped(quantity.value);
  const Unit* const unit = find_unit(quantity.unit);
  std::string text;
  if (quantity.unit == quantity.measure) {
    text = bounded(number, quantity.bound, language, "");
  } else if (unit != nullptr && unit->counted) {
    text = counted(*unit, number, quantity, language);
  } else {
    text = bounded(number, quantity.bound, language, "") + " " +
           std::string(translate(language, quantity.unit));
  }
  if (!quantity.period.empty()) text += fmt::format(" ({})", quantity.period);
  return visible(text);
}

std::string amount_in_words(const Quantity& quantity, Language language) {
  if (!is_decimal(quantity.value)) return visible(quantity.value + " " + quantity.unit);
  const std::string number = large_number_in_words(quantity.value, language);
  if (quantity.unit == quantity.measure) return bounded(number, quantity.bound, language, "");
  if (const Unit* const unit = find_unit(quantity.unit))
    return counted(*unit, number, quantity, language);
  if (quantity.unit == kRank)
    return bounded(translate(language, "no. {}", number), quantity.bound, language, "");
  const std::string currency = currency_in_words(quantity.unit, quantity.value, language);
  return bounded(number, quantity.bound, language, "") + " " +
         (currency.empty() ? visible(quantity.unit) : currency);
}

std::string in_words(const Quantity& quantity, Language language) {
  std::string text = amount_in_words(quantity, language);
  if (!quantity.period.empty())
    text += fmt::format(" ({})", period_in_words(quantity.period, language));
  return text;
}

std::string measure_in_words(std::string_view measure, Language language) {
  std::string text = visible(translate(language, measure));
  if (text == measure) std::ranges::replace(text, '-', ' ');
  return text;
}

}  // namespace solnoma
