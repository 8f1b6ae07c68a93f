#include "events/json/timestamp.hpp"

#include <algorithm>

#include "engine/day.hpp"

namespace solnoma {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether the text is formed like the pattern, in which 0 stands for any digit.
bool has_form(std::string_view text, std::string_view pattern) {
  return std::ranges::equal(
      text, pattern, [](char c, char form) { return form == '0' ? is_digit(c) : c == form; });
}

/// Precondition: both are digits.
int two_digits(std::string_view text) {
  return (text[0] - '0') * 10 + (text[1] - '0');
}

bool is_clock(std::string_view text) {
  return has_form(text, "00:00:00") && two_digits(text) < 24 && two_digits(text.substr(3)) < 60 &&
         two_digits(text.substr(6)) <= 60;
}

bool is_zone(std::string_view text) {
  return text == "Z" || text == "z" ||
         ((has_form(text, "+00:00") || has_form(text, "-00:00")) &&
          two_digits(text.substr(1)) < 24 && two_digits(text.substr(4)) < 60);
}

}  // namespace

bool is_timestamp(std::string_view text) {
  constexpr std::string_view kDay = "0000-00-00";
  constexpr std::size_t kClock = kDay.size() + 1;
  constexpr std::size_t kZone = kClock + 8;
  if (text.size() <= kZone || !has_form(text.substr(0, kDay.size()), kDay)) return false;
  if (text[kDay.size()] != 'T' && text[kDay.size()] != 't') return false;
  std::string_view zone = text.substr(kZone);
  if (zone.starts_with('.')) {
    const std::size_t end = std::min(zone.find_first_not_of("0123456789", 1), zone.size());
    if (end == 1) return false;
    zone.remove_prefix(end);
  }
  return day_from_text(text.substr(0, kDay.size())).has_value() &&
         is_clock(text.substr(kClock, kZone - kClock)) && is_zone(zone);
}

}  // namespace solnoma
