#include "engine/clock.hpp"

#include <fmt/format.h>

#include <optional>

namespace solnoma {

Day day_of(Instant instant) {
  return Day{static_cast<std::int32_t>(
      std::chrono::floor<std::chrono::days>(instant).time_since_epoch().count())};
}

namespace {

constexpr std::size_t kDayLength = 10;  // YYYY-MM-DD
constexpr std::size_t kFractionDigits = 6;

std::unexpected<Error> no_instant(std::string_view text) {
  return fail(Errc::invalid, fmt::format("'{}' is no instant", text.substr(0, 60)),
              "write it as 2025-11-12T09:30:00Z or 2025-11-12T14:30:00.123456+05:00");
}

/// Takes `digits` digits off the front; -1 where there are fewer.
int take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int number = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// Hours and minutes, with a colon between; -1 where that is not what stands there.
int take_minutes(std::string_view& text) {
  const int hours = take_number(text, 2);
  if (hours < 0 || hours > 23 || !take(text, ':')) return -1;
  const int minutes = take_number(text, 2);
  return minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
}

/// Microseconds after the point, if there is one; -1 for one that is malformed.
int take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  const auto digits = text.find_first_not_of("0123456789");
  const std::size_t given = digits == std::string_view::npos ? text.size() : digits;
  if (given == 0 || given > kFractionDigits) return -1;
  int micros = take_number(text, given);
  for (std::size_t i = given; i < kFractionDigits; ++i) micros *= 10;
  return micros;
}

/// How many minutes the zone is ahead of UTC; nothing for one that is malformed.
std::optional<int> take_zone(std::string_view text) {
  if (text.empty() || text == "Z") return 0;
  const bool behind = text.starts_with('-');
  if (!take(text, '-') && !take(text, '+')) return std::nullopt;
  const int minutes = take_minutes(text);
  if (minutes < 0 || !text.empty()) return std::nullopt;
  return behind ? -minutes : minutes;
}

}  // namespace

Result<Instant> instant_from_text(std::string_view text) {
  std::string_view rest = text;
  const auto day = day_from_text(rest.substr(0, kDayLength));
  if (!day) return std::unexpected(day.error());
  rest.remove_prefix(kDayLength);
  if (!take(rest, 'T')) return no_instant(text);
  const int minutes = take_minutes(rest);
  if (minutes < 0 || !take(rest, ':')) return no_instant(text);
  const int seconds = take_number(rest, 2);
  const int micros = seconds < 0 || seconds > 59 ? -1 : take_fraction(rest);
  const auto zone = micros < 0 ? std::nullopt : take_zone(rest);
  if (!zone) return no_instant(text);
  return Instant{std::chrono::days{day->number}} + std::chrono::minutes{minutes - *zone} +
         std::chrono::seconds{seconds} + std::chrono::microseconds{micros};
}

std::string to_string(Instant instant) {
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - midnight};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", to_string(day_of(instant)),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

}  // namespace solnoma
