#include "events/edtf/edtf_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "events/text/digits.hpp"
#include "events/text/quote.hpp"

namespace solnoma {

namespace {

std::unexpected<Error> bad_time(std::string what) {
  return fail(Errc::invalid, std::move(what),
              "write the time as 23:20:30, 23:20:30Z or 23:20:30+04:30, or drop it");
}

/// The number at the front, or -1 unless two digits are there.
int two_digits(std::string_view text) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return -1;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

/// The fraction of a second that `rest` begins with: its mark and digits; empty: none.
std::string_view fraction_of(std::string_view rest) {
  if (!rest.starts_with('.') && !rest.starts_with(',')) return {};
  const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
  return end == 1 ? std::string_view{} : rest.substr(0, end);
}

struct Zone {
  std::optional<int> minutes_ahead;  ///< nothing for local time
};

Result<Zone> read_zone(std::string_view zone) {
  if (zone.empty()) return Zone{};
  if (zone == "Z") return Zone{0};
  const bool hours_only = zone.size() == 3;
  const bool with_minutes = zone.size() == 6 && zone[3] == ':';
  const char sign = zone[0];
  const int hours = two_digits(zone.substr(1));
  const int minutes = with_minutes ? two_digits(zone.substr(4)) : 0;
  if ((!hours_only && !with_minutes) || (sign != '+' && sign != '-') || hours < 0 || minutes < 0)
    return bad_time(fmt::format("'{}' is not a time zone", clipped(zone)));
  if (hours > 23 || minutes > 59)
    return bad_time(fmt::format("the time zone {} is beyond 23:59", zone));
  const int ahead = hours * 60 + minutes;
  if (sign == '-' && ahead == 0) return bad_time("a time zone of zero is written Z, +00 or +00:00");
  return Zone{sign == '-' ? -ahead : ahead};
}

bool can_hold_leap_second(int minute_of_day, Zone zone) {
  constexpr int kDay = 24 * 60;
  if (!zone.minutes_ahead) return minute_of_day % 15 == 14;
  return (minute_of_day - *zone.minutes_ahead + kDay) % kDay == kDay - 1;
}

}  // namespace

Result<void> check_edtf_time(std::string_view time) {
  constexpr std::size_t kClock = 8;  // hh:mm:ss
  const std::string_view clock = time.substr(0, kClock);
  const bool shaped = clock.size() == kClock && clock[2] == ':' && clock[5] == ':';
  const int hour = shaped ? two_digits(clock) : -1;
  const int minute = shaped ? two_digits(clock.substr(3)) : -1;
  const int second = shaped ? two_digits(clock.substr(6)) : -1;
  if (hour < 0 || minute < 0 || second < 0)
    return bad_time(fmt::format("'{}' is not a time of day", clipped(time)));

  const std::string_view fraction = fraction_of(time.substr(kClock));
  const Result<Zone> zone = read_zone(time.substr(kClock + fraction.size()));
  if (!zone) return std::unexpected(zone.error());
  const bool end_of_day = hour == 24 && minute == 0 && second == 0 &&
                          fraction.find_first_not_of(".,0") == fraction.npos;
  const bool leap_second =
      second == 60 && hour < 24 && minute < 60 && can_hold_leap_second(hour * 60 + minute, *zone);
  if (end_of_day || leap_second || (hour < 24 && minute < 60 && second < 60)) return {};
  return bad_time(fmt::format("the day has no time {}", clock));
}

}  // namespace solnoma
