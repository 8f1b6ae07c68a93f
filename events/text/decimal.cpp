#include "events/text/decimal.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <string>

namespace solnoma {
namespace {

std::size_t decimals(std::string_view text) {
  const auto point = text.find('.');
  return point == std::string_view::npos ? 0 : text.size() - point - 1;
}

/// The number times ten to the power of `places`, which are at least its decimals.
boost::multiprecision::cpp_int scaled(std::string_view text, std::size_t places) {
  const bool negative = text.starts_with('-');
  std::string digits(text.substr(negative ? 1 : 0));
  digits.append(places - decimals(text), '0');
  std::erase(digits, '.');
  // A leading zero would make it octal.
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const boost::multiprecision::cpp_int value(digits);
  return negative ? -value : value;
}

}  // namespace

std::strong_ordering compare_decimals(std::string_view a, std::string_view b) {
  const std::size_t places = std::max(decimals(a), decimals(b));
  const int order = scaled(a, places).compare(scaled(b, places));
  return order <=> 0;
}

}  // namespace solnoma
