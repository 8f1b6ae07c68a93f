#include "tools/import/table/cell_amount.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "events/text/decimal.hpp"
#include "events/text/folded_name.hpp"
#include "events/text/text.hpp"

namespace solnoma {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// What stands before a number, in folded form or as a sign; the longest first.
constexpr std::pair<std::string_view, Bound> kBefore[] = {
    {"not less than ", Bound::at_least},
    {"no less than ", Bound::at_least},
    {"at least ", Bound::at_least},
    {"не менее ", Bound::at_least},
    {"не более ", Bound::at_most},
    {"not more than ", Bound::at_most},
    {"at most ", Bound::at_most},
    {"up to ", Bound::at_most},
    {"slightly more than ", Bound::slightly_more_than},
    {"чуть более ", Bound::slightly_more_than},
    {"more than ", Bound::more_than},
    {"over ", Bound::more_than},
    {"above ", Bound::more_than},
    {"более ", Bound::more_than},
    {"свыше ", Bound::more_than},
    {"больше ", Bound::more_than},
    {"less than ", Bound::less_than},
    {"under ", Bound::less_than},
    {"менее ", Bound::less_than},
    {"до ", Bound::at_most},
    {"approximately ", Bound::about},
    {"approx ", Bound::about},
    {"about ", Bound::about},
    {"circa ", Bound::about},
    {"ca ", Bound::about},
    {"около ", Bound::about},
    {"примерно ", Bound::about},
    {"taxminan ", Bound::about},
    {"тахминан ", Bound::about}};
constexpr std::pair<std::string_view, Bound> kSigns[] = {
    {">=", Bound::at_least}, {"≥", Bound::at_least},  {"<=", Bound::at_most}, {"≤", Bound::at_most},
    {">", Bound::more_than}, {"<", Bound::less_than}, {"~", Bound::about},    {"≈", Bound::about}};
/// What stands behind one.
constexpr std::pair<std::string_view, Bound> kBehind[] = {
    {"+", Bound::at_least}, {"dan ortiq", Bound::more_than}, {"дан ортиқ", Bound::more_than}};
constexpr std::pair<std::string_view, int> kMagnitudes[] = {
    {"thousand", 3},  {"тыс", 3},      {"ming", 3},      {"минг", 3},       {"million", 6},
    {"mln", 6},       {"mn", 6},       {"млн", 6},       {"миллион", 6},    {"миллиона", 6},
    {"миллионов", 6}, {"billion", 9},  {"bn", 9},        {"bln", 9},        {"млрд", 9},
    {"mlrd", 9},      {"миллиард", 9}, {"миллиарда", 9}, {"миллиардов", 9}, {"trillion", 12},
    {"trn", 12},      {"трлн", 12}};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Where the words at the beginning of a text end that have this folded form and a space behind it.
std::optional<std::size_t> end_of_words(std::string_view text, std::string_view folded,
                                        std::string_view words) {
  if (!folded.starts_with(words)) return std::nullopt;
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i] == ' ' && folded_name(text.substr(0, i)) + " " == words) return i + 1;
  return std::nullopt;
}

std::optional<Bound> take_bound(std::string_view& text) {
  for (const auto& [sign, bound] : kSigns)
    if (text.starts_with(sign)) {
      text = trimmed(text.substr(sign.size()));
      return bound;
    }
  const std::string folded = folded_name(text);
  for (const auto& [words, bound] : kBefore)
    if (const auto end = end_of_words(text, folded, words)) {
      text = trimmed(text.substr(*end));
      return bound;
    }
  for (const auto& [sign, bound] : kBehind)
    if (text.ends_with(sign)) {
      text = trimmed(text.substr(0, text.size() - sign.size()));
      while (text.ends_with('-')) text = trimmed(text.substr(0, text.size() - 1));
      return bound;
    }
  return std::nullopt;
}

/// Takes a word for thousands, millions … from the end: its zeros.
int take_magnitude(std::string_view& text) {
  const std::size_t digit = text.find_last_of("0123456789");
  if (digit == std::string_view::npos || digit + 1 == text.size()) return 0;
  const std::string word = folded_name(text.substr(digit + 1));
  for (const auto& [name, zeros] : kMagnitudes)
    if (word == name) {
      text = text.substr(0, digit + 1);
      return zeros;
    }
  return 0;
}

/// Moves the point of a plain decimal to the right.
std::string times_ten_to(std::string number, int zeros) {
  if (zeros == 0) return number;
  const std::size_t point = number.find('.');
  std::string fraction = point == std::string::npos ? "" : number.substr(point + 1);
  std::string whole = number.substr(0, point);
  const auto places = static_cast<std::size_t>(zeros);
  fraction.resize(std::max(fraction.size(), places), '0');
  whole += fraction.substr(0, places);
  fraction.erase(0, places);
  const bool negative = whole.starts_with('-');
  if (negative) whole.erase(0, 1);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  return (negative ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

/// Whether marks stand before every third digit and only there: thousands separators.
bool divides_thousands(std::string_view number, char mark) {
  const std::size_t first = number.find(mark);
  if (first == 0 || first > 3 || first == std::string_view::npos) return false;
  for (std::size_t i = first; i < number.size(); i += 4) {
    if (number[i] != mark || number.size() - i < 4) return false;
    for (std::size_t j = i + 1; j < i + 4; ++j)
      if (!is_digit(number[j])) return false;
  }
  return true;
}

/// A number without words, as a decimal. None: it is no number.
std::optional<std::string> plain(std::string_view text, char decimal, Repairs& repairs) {
  std::string number(text);
  const bool negative = number.starts_with('-') || number.starts_with("−");
  if (negative) number.erase(0, number.starts_with('-') ? 1 : std::string_view("−").size());
  if (number.empty() || !is_digit(number.front())) return std::nullopt;
  if (number.find_first_not_of("0123456789 .,'") != std::string::npos) return std::nullopt;
  std::size_t marks = 0;
  for (const char mark : {' ', '\''}) marks += static_cast<std::size_t>(std::erase(number, mark));
  const bool comma = number.find(',') != std::string::npos;
  const bool point = number.find('.') != std::string::npos;
  char sign = decimal;
  if (sign == 0 && comma && point) sign = number.rfind(',') > number.rfind('.') ? ',' : '.';
  if (sign == 0 && comma) sign = divides_thousands(number, ',') ? '.' : ',';
  if (sign == 0) sign = std::ranges::count(number, '.') > 1 ? ',' : '.';
  const char thousands = sign == '.' ? ',' : '.';
  const std::string_view whole = std::string_view(number).substr(0, number.find(sign));
  if (whole.find(thousands) != std::string_view::npos) {
    if (!divides_thousands(whole, thousands)) return std::nullopt;
    marks += static_cast<std::size_t>(std::erase(number, thousands));
  }
  if (marks > 0) repairs.add("thousands separators were taken out of numbers");
  if (sign == ',' && number.find(',') != std::string::npos) {
    std::ranges::replace(number, ',', '.');
    repairs.add("decimal commas became points");
  }
  number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
  if (number.starts_with('.')) number.insert(0, "0");
  if (const std::size_t at = number.find('.'); at != std::string::npos) {
    if (number.find_first_not_of('0', at + 1) == std::string::npos) number.erase(at);  // "2018.0"
  }
  return negative && number != "0" ? "-" + number : number;
}

}  // namespace

Result<CellAmount> amount_of_cell(std::string_view cell, char decimal, Repairs& repairs) {
  const auto no_number = [] {
    return fail(Errc::invalid, "it is no number", "write digits, as in 1234.5");
  };
  constexpr std::size_t kLongest = 100;
  CellAmount amount;
  std::string_view text = trimmed(cell);
  if (text.size() > kLongest) return no_number();
  if (const auto bound = take_bound(text)) {
    amount.bound = *bound;
    repairs.add("words and signs before numbers became bounds");
  }
  if (text.ends_with('%')) {
    amount.percent = true;
    text = trimmed(text.substr(0, text.size() - 1));
  }
  const int zeros = take_magnitude(text);
  const auto number = [&](std::string_view part) -> std::optional<std::string> {
    auto value = plain(trimmed(part), decimal, repairs);
    if (!value) return std::nullopt;
    std::string full = times_ten_to(std::move(*value), zeros);
    return is_decimal(full) ? std::optional(std::move(full)) : std::nullopt;
  };
  if (auto value = number(text)) {
    if (zeros > 0) repairs.add("words for thousands and millions became zeros");
    amount.value = std::move(*value);
    return amount;
  }
  for (const std::string_view dash : {"–", "—", "..", " to ", "-"}) {
    const std::size_t at = text.find(dash, 1);
    if (at == std::string_view::npos || amount.bound != Bound::exact) continue;
    auto lower = number(text.substr(0, at));
    auto upper = number(text.substr(at + dash.size()));
    if (!lower || !upper || compare_decimals(*lower, *upper) > 0) continue;
    repairs.add("spans of numbers became ranges");
    return CellAmount{std::move(*lower), std::move(*upper), Bound::between, amount.percent};
  }
  return no_number();
}

}  // namespace solnoma
