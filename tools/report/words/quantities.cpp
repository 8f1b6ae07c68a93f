#include "tools/report/words/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "events/text/decimal.hpp"
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

/// Around both ends of a range: "between 4 and 9", "more than 4, less than 9".
std::string ranged(const std::string& from, const std::string& to, Excluded excluded,
                   Language language, std::string_view around) {
  if (excluded == Excluded{})
    return fill(translate_in(language, around, "between {low} and {high}"),
                {{"low", from}, {"high", to}});
  return bounded(from, excluded.value ? Bound::more_than : Bound::at_least, language, around) +
         ", " + bounded(to, excluded.upper ? Bound::less_than : Bound::at_most, language, around);
}

/// The number of a quantity, written but without its bound; of a range there are two.
struct Numbers {
  std::string value, upper;
};

/// Whether it goes from `value` to `upper`: between the two, or about so.
bool is_range(const Quantity& quantity) {
  return !quantity.upper.empty();
}

/// The number with its bound, as it stands alone, or in front of what is counted ("count").
std::string with_bound(const Numbers& numbers, const Quantity& quantity, Ends ends,
                       Language language, std::string_view around) {
  if (!is_range(quantity)) return bounded(numbers.value, quantity.bound, language, around);
  if (quantity.bound == Bound::about)
    return fill(translate_in(language, around, "about {low} to {high}"),
                {{"low", numbers.value}, {"high", numbers.upper}});
  return ranged(numbers.value, numbers.upper, ends.excluded, language, around);
}

/// Behind all of it: "about 4 companies, or more".
std::string opened(std::string text, Open open, Language language) {
  if (open == Open::above) return translate(language, "{}, or more", text);
  if (open == Open::below) return translate(language, "{}, or less", text);
  return text;
}

/// Which plural form goes with a number. In Russian a fraction takes the genitive singular:
/// the form of 2, and where a bound has made a genitive of all, that of 1.
std::uint64_t plural_number(const Quantity& quantity, Language language) {
  const Bound bound = quantity.bound;
  std::string_view decimal = is_range(quantity) ? quantity.upper : quantity.value;
  if (decimal.starts_with('-')) decimal.remove_prefix(1);
  std::uint64_t n = 0;
  if (decimal.contains('.')) return language == Language::ru && bound != Bound::exact ? 1 : 2;
  const auto [end, error] = std::from_chars(decimal.data(), decimal.data() + decimal.size(), n);
  return error == std::errc() ? n : 100;  // too many for a number: as a hundred
}

/// Behind the number stands the thing that is counted.
std::string counted(const Unit& unit, const Numbers& numbers, const Quantity& quantity, Ends ends,
                    Language language) {
  const bool exact = quantity.bound == Bound::exact;
  const std::string_view pattern = translate_plural_in(
      language, exact ? "" : "bounded", unit.one, unit.many, plural_number(quantity, language));
  // One bound of an amount stands around number and unit, a range around its numbers.
  const bool around_all = !unit.counted && !is_range(quantity);
  const std::string number =
      around_all ? numbers.value
                 : with_bound(numbers, quantity, ends, language, unit.counted ? "count" : "");
  std::string text = fmt::format(fmt::runtime(pattern), number);
  return around_all ? bounded(text, quantity.bound, language, "amount") : text;
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

/// What a newer program recorded may be no number: it is shown as it stands.
std::string large_in_words(const std::string& decimal, Language language) {
  return is_any_decimal(decimal) ? large_number_in_words(decimal, language) : visible(decimal);
}

/// Ranks have a form of their own in each language, which no word for a range goes with.
std::string rank_in_words(const Numbers& numbers, const Quantity& quantity, Ends ends,
                          Language language) {
  const Numbers ranks{translate(language, "no. {}", numbers.value),
                      translate(language, "no. {}", numbers.upper)};
  if (quantity.bound == Bound::between && ends == Ends{}) return ranks.value + " – " + ranks.upper;
  return with_bound(ranks, quantity, ends, language, "");
}

/// Without what tells of an open end.
std::string closed_amount_in_words(const Quantity& quantity, Language language, Ends ends) {
  const Numbers numbers{large_in_words(quantity.value, language),
                        large_in_words(quantity.upper, language)};
  if (quantity.unit == quantity.measure) return with_bound(numbers, quantity, ends, language, "");
  if (const Unit* const unit = find_unit(quantity.unit))
    return counted(*unit, numbers, quantity, ends, language);
  if (quantity.unit == kRank) return rank_in_words(numbers, quantity, ends, language);
  const std::string& last = is_range(quantity) ? quantity.upper : quantity.value;
  const std::string currency =
      is_any_decimal(last) ? currency_in_words(quantity.unit, last, language) : "";
  return with_bound(numbers, quantity, ends, language, "") + " " +
         (currency.empty() ? visible(quantity.unit) : currency);
}

}  // namespace

std::string phrase(const Quantity& quantity, Language language, Ends ends) {
  const Numbers numbers{grouped(quantity.value), grouped(quantity.upper)};
  const Unit* const unit = find_unit(quantity.unit);
  std::string text;
  if (quantity.unit == quantity.measure) {
    text = with_bound(numbers, quantity, ends, language, "");
  } else if (unit != nullptr && unit->counted) {
    text = counted(*unit, numbers, quantity, ends, language);
  } else {
    text = with_bound(numbers, quantity, ends, language, "") + " " +
           std::string(translate(language, quantity.unit));
  }
  text = opened(std::move(text), ends.open, language);
  if (!quantity.period.empty()) text += fmt::format(" ({})", quantity.period);
  return visible(text);
}

std::string amount_in_words(const Quantity& quantity, Language language, Ends ends) {
  return opened(closed_amount_in_words(quantity, language, ends), ends.open, language);
}

std::string in_words(const Quantity& quantity, Language language, Ends ends) {
  std::string text = amount_in_words(quantity, language, ends);
  if (!quantity.period.empty())
    text += fmt::format(" ({})", period_in_words(quantity.period, language));
  return text;
}

std::string measure_in_words(std::string_view measure, Language language) {
  std::string text = visible(translate(language, measure));
  if (text == measure) std::ranges::replace(text, '-', ' ');
  return text;
}

std::string part_behind(std::string_view part) {
  return part.empty() ? "" : fmt::format(" ({})", visible(part));
}

}  // namespace solnoma
