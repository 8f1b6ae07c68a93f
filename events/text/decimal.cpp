#include "events/text/decimal.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

namespace solnoma {
namespace {

using Integer = boost::multiprecision::cpp_int;

/// digits / 10^scale
struct Decimal {
  Integer digits;
  unsigned scale = 0;
};

Decimal read(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  std::string digits(text.substr(0, point));
  unsigned scale = 0;
  if (point != std::string_view::npos) {
    digits += text.substr(point + 1);
    scale = static_cast<unsigned>(text.size() - point - 1);
  }
  digits.erase(0, digits.find_first_not_of('0'));  // in front of others 0 would mean octal
  Integer number(digits.empty() ? "0" : digits);
  return {negative ? Integer(-number) : number, scale};
}

std::string text_of(const Decimal& decimal) {
  std::string text = Integer(abs(decimal.digits)).str();
  if (text.size() <= decimal.scale) text.insert(0, decimal.scale + 1 - text.size(), '0');
  if (decimal.scale > 0) text.insert(text.size() - decimal.scale, ".");
  return decimal.digits < 0 ? "-" + text : text;
}

void rescale(Decimal& decimal, unsigned scale) {
  for (; decimal.scale < scale; ++decimal.scale) decimal.digits *= 10;
}

/// Brings both to the scale of the more precise.
void align(Decimal& a, Decimal& b) {
  rescale(a, b.scale);
  rescale(b, a.scale);
}

}  // namespace

bool is_any_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::ranges::count(text, '.') <= 1;
}

std::string decimal_sum(std::string_view a, std::string_view b) {
  Decimal sum = read(a);
  Decimal more = read(b);
  align(sum, more);
  sum.digits += more.digits;
  return text_of(sum);
}

std::string decimal_half(std::string_view a) {
  Decimal half = read(a);
  if (half.digits % 2 != 0) rescale(half, half.scale + 1);
  half.digits /= 2;
  return text_of(half);
}

std::strong_ordering compare_decimals(std::string_view a, std::string_view b) {
  Decimal left = read(a);
  Decimal right = read(b);
  align(left, right);
  const int order = left.digits.compare(right.digits);
  return order <=> 0;
}

}  // namespace solnoma
