#include "tools/serve/webhooks/retry_delays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <utility>

namespace solnoma {
namespace {

constexpr std::size_t kMostDelays = 20;
constexpr std::array<std::pair<char, std::int64_t>, 4> kUnits{
    {{'d', 86'400}, {'h', 3'600}, {'m', 60}, {'s', 1}}};

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || number < 0)
    return std::nullopt;
  return number;
}

std::optional<std::chrono::seconds> delay_from(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto* const unit =
      std::ranges::find(kUnits, text.back(), &std::pair<char, std::int64_t>::first);
  const auto number = number_of(text.substr(0, text.size() - 1));
  if (unit == kUnits.end() || !number || *number == 0) return std::nullopt;
  if (*number > kLongestDelay.count() / unit->second) return std::nullopt;
  return std::chrono::seconds{*number * unit->second};
}

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7), the one form that is still written.
std::optional<Instant> http_date(std::string_view text) {
  std::istringstream in{std::string(text)};
  in.imbue(std::locale::classic());
  std::tm parts{};
  in >> std::get_time(&parts, "%a, %d %b %Y %H:%M:%S GMT");
  if (in.fail()) return std::nullopt;
  constexpr int kFirstYear = 1900;
  const auto day =
      day_from_civil(parts.tm_year + kFirstYear, static_cast<unsigned>(parts.tm_mon) + 1,
                     static_cast<unsigned>(parts.tm_mday));
  if (!day) return std::nullopt;
  return Instant(std::chrono::days(day->number) + std::chrono::hours(parts.tm_hour) +
                 std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec));
}

}  // namespace

Result<RetryDelays> retry_delays_from(std::string_view text) {
  RetryDelays delays;
  if (text == "none") return delays;
  for (std::string_view rest = text;;) {
    const std::size_t comma = rest.find(',');
    const auto delay = delay_from(rest.substr(0, comma));
    if (!delay || delays.size() == kMostDelays)
      return fail(Errc::invalid,
                  "the delays between attempts are up to 20 numbers of s, m, h or d, none above a "
                  "day, or 'none'",
                  fmt::format("write them as in {}", kUsualRetry));
    delays.push_back(*delay);
    if (comma == std::string_view::npos) return delays;
    rest.remove_prefix(comma + 1);
  }
}

std::string to_string(const RetryDelays& delays) {
  if (delays.empty()) return "none";
  std::string text;
  for (const std::chrono::seconds delay : delays) {
    const auto* const unit = std::ranges::find_if(
        kUnits, [&](const auto& each) { return delay.count() % each.second == 0; });
    text +=
        fmt::format("{}{}{}", text.empty() ? "" : ",", delay.count() / unit->second, unit->first);
  }
  return text;
}

std::chrono::milliseconds retry_delay(std::chrono::seconds delay, double jitter,
                                      std::optional<std::chrono::seconds> asked) {
  constexpr double kJitter = 0.2;
  const std::chrono::duration<double> jittered = delay * (1 + kJitter * jitter);
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(jittered),
                  std::chrono::milliseconds(asked.value_or(std::chrono::seconds{0})));
}

std::optional<std::chrono::seconds> retry_after(std::string_view header, Instant now) {
  if (header.empty()) return std::nullopt;
  if (header.find_first_not_of("0123456789") == std::string_view::npos)
    return std::min(std::chrono::seconds{number_of(header).value_or(kLongestDelay.count())},
                    kLongestDelay);
  const auto date = http_date(header);
  if (!date) return std::nullopt;
  return std::clamp(std::chrono::ceil<std::chrono::seconds>(*date - now), std::chrono::seconds{0},
                    kLongestDelay);
}

}  // namespace solnoma
