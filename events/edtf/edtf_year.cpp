#include "events/edtf/edtf_year.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "events/text/quote.hpp"

namespace solnoma {

namespace {

bool consume(std::string_view& rest, char expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(1);
  return true;
}

std::string_view consume_digits(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const std::string_view digits = rest.substr(0, end);
  rest.remove_prefix(end);
  return digits;
}

std::string_view without_leading_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

/// Any number of digits; what exceeds `limit` counts as `limit`.
std::size_t saturated(std::string_view digits, std::size_t limit) {
  std::size_t value = 0;
  for (const char c : digits)
    value = std::min(limit, value * 10 + static_cast<std::size_t>(c - '0'));
  return value;
}

struct ScaledYear {
  bool prefixed = false;
  bool negative = false;
  bool has_exponent = false;
  bool has_significant = false;
  std::string_view mantissa;
  std::string_view exponent;
  std::string_view significant;
};

Result<ScaledYear> scan(std::string_view rest) {
  ScaledYear year;
  year.prefixed = consume(rest, 'Y');
  year.negative = consume(rest, '-');
  year.mantissa = consume_digits(rest);
  year.has_exponent = year.prefixed && consume(rest, 'E');
  if (year.has_exponent) year.exponent = consume_digits(rest);
  year.has_significant = consume(rest, 'S');
  if (year.has_significant) year.significant = consume_digits(rest);
  if (!rest.empty() || year.mantissa.empty() || (!year.prefixed && year.mantissa.size() != 4))
    return fail(Errc::invalid, "it is not a date",
                "write a date such as 2022, 2022-03 or 2022-03-15");
  if (year.has_exponent && without_leading_zeros(year.exponent).empty())
    return fail(Errc::invalid, "the exponent after E is not a positive number",
                "give a positive exponent, or write the year with four digits");
  if (year.has_significant && without_leading_zeros(year.significant).empty())
    return fail(Errc::invalid, "the number of significant digits after S is not positive",
                "give a positive number, such as 1950S2 for 1900 to 1999");
  return year;
}

}  // namespace

Result<EdtfYears> read_scaled_year(std::string_view text) {
  const Result<ScaledYear> scanned = scan(text);
  if (!scanned) return std::unexpected(scanned.error());

  const std::string_view mantissa = without_leading_zeros(scanned->mantissa);
  const bool zero = mantissa.empty();
  // Counting digits before computing anything is what makes overflow impossible.
  constexpr std::size_t kYearDigits = 4;
  const std::size_t zeros = saturated(scanned->exponent, kYearDigits + 1);
  if (!zero && mantissa.size() + zeros > kYearDigits)
    return fail(Errc::invalid, fmt::format("the year {} lies outside -9999 to 9999", clipped(text)),
                "give a year from -9999 to 9999");
  if (zero && scanned->negative)
    return fail(Errc::invalid, "the year zero has no sign", "write 0000");
  if (scanned->prefixed && !scanned->has_exponent)
    return fail(Errc::invalid, "a Y goes only before years of more than four digits",
                "write the year with four digits and without the Y");

  int value = static_cast<int>(saturated(mantissa, 9999));
  for (std::size_t i = 0; !zero && i < zeros; ++i) value *= 10;
  EdtfYears years{value, value};
  if (scanned->has_significant && !zero) {
    const std::size_t digits = mantissa.size() + zeros;
    int unit = 1;
    for (std::size_t kept = saturated(scanned->significant, digits); kept < digits; ++kept)
      unit *= 10;
    years.first = value / unit * unit;
    years.last = years.first + unit - 1;
  }
  if (scanned->negative) years = {-years.last, -years.first};
  return years;
}

}  // namespace solnoma
