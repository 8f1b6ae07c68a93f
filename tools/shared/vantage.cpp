#include "tools/shared/vantage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "events/edtf.hpp"
#include "events/text/digits.hpp"
#include "tools/shared/typed_date.hpp"

namespace solnoma {
namespace {

std::unexpected<Failure> wrong_date(std::string_view option, const Error& error) {
  return usage(fmt::format("{}: {}", option, error.what), error.remedy);
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// A position that whoever types it may mean as a year. The log's length plays no part: what is
/// typed keeps its meaning while the log grows.
bool may_be_year(std::string_view number) {
  return number.size() == 4 && number >= "1900" && number <= "2099";
}

Try<Position> position_number(std::string_view number, const Log& log) {
  std::uint64_t position = 0;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), position);
  if (parsed.ec != std::errc{} || Position{position} > log.head())
    return usage(
        fmt::format("--at: position {} lies beyond the newest, {}", number, log.head().value),
        "'solnoma log --limit 1' shows the newest");
  return Position{position};
}

/// The instant itself, or the last microsecond of a date, in UTC as the log stamps it.
Try<Instant> instant_option(const std::string& value, Context& context) {
  constexpr std::size_t kDayLength = 10;  // YYYY-MM-DD
  if (value.size() > kDayLength && value[kDayLength] == 'T') {
    auto instant = instant_from_text(value);
    if (!instant) return wrong_date("--at", instant.error());
    return *instant;
  }
  auto bounds = date_option("--at", value, context);
  if (!bounds) return refuse(bounds);
  return Instant{std::chrono::days{bounds->latest.number + 1}} - std::chrono::microseconds{1};
}

Try<Position> position_option(const std::string& value, Context& context, const Log& log) {
  if (may_be_year(value) && is_number(value))
    return usage(
        fmt::format("--at: {} may be a year or a position", value),
        fmt::format("write {0}-12-31 for the end of the year, @{0} for the position", value));
  if (is_number(value)) return position_number(value, log);
  if (value.starts_with('@') && is_number(value.substr(1)))
    return position_number(std::string_view(value).substr(1), log);
  auto instant = instant_option(value, context);
  if (!instant) return refuse(instant);
  auto position = log.position_at(*instant);
  if (!position) return refuse(position);
  return *position;
}

}  // namespace

void add_vantage(Command& command, VantageOptions& options) {
  command.option("--as-of", options.as_of,
                 "What had happened by this day (valid time); 2022 means 2022-12-31", "DATE",
                 "today");
  command.option("--known-by", options.known_by, "What was published by this day (decision time)",
                 "DATE", "no limit");
  command.option("--at", options.at,
                 std::string("What the log held at this position (system time); or ") + kAtHelp,
                 "POSITION", "the newest");
}

void add_language(Command& command, std::string& language) {
  std::vector<std::string> codes;
  for (const auto& each : kLanguages) codes.emplace_back(each.code);
  command.choice("--lang", language, codes, "Language of names and headings");
  command.may_be_set("--lang", Setting::lang, language);
}

Language language_of(const std::string& code) {
  return language_from(code).value_or(Language::en);
}

Try<Bounds> date_option(std::string_view name, const std::string& value, Context& context) {
  auto date = typed_date(name, value, context);
  if (!date) return refuse(date);
  const auto edtf = parse_edtf(*date);
  if (!edtf) return wrong_date(name, edtf.error());
  if (!is_calendar_day(edtf->bounds.latest) || !is_calendar_day(edtf->bounds.earliest))
    return usage(fmt::format("{}: '{}' has an open end", name, value), "give a date with an end");
  return edtf->bounds;
}

Try<Vantage> resolve(const VantageOptions& options, Context& context, const Log& log) {
  auto today = context.today();
  if (!today) return refuse(today);
  Vantage vantage{*today, kOpenFuture, log.head()};
  if (!options.as_of.empty()) {
    auto bounds = date_option("--as-of", options.as_of, context);
    if (!bounds) return refuse(bounds);
    vantage.as_of = bounds->latest;
  }
  if (!options.known_by.empty()) {
    auto bounds = date_option("--known-by", options.known_by, context);
    if (!bounds) return refuse(bounds);
    vantage.known_by = bounds->latest;
  }
  if (!options.at.empty()) {
    auto position = position_option(options.at, context, log);
    if (!position) return refuse(position);
    vantage.at = *position;
  }
  return vantage;
}

Try<VantageOptions> parse_vantage(std::string_view option, const std::string& text,
                                  const VantageOptions& base, std::string_view of_date) {
  VantageOptions result = base;
  std::set<std::string_view> given;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    const auto equals = part.find('=');
    const std::string_view axis =
        equals == std::string_view::npos ? of_date : part.substr(0, equals);
    const std::string value(equals == std::string_view::npos ? part : part.substr(equals + 1));
    if (value.empty() || (axis != "as-of" && axis != "known-by" && axis != "at"))
      return usage(fmt::format("{}: '{}' is no vantage", option, part.substr(0, 60)),
                   "write as-of=DATE,known-by=DATE,at=POSITION, or a date alone");
    if (!given.insert(axis).second)
      return usage(fmt::format("{}: {} stands twice", option, axis), "give it once");
    (axis == "as-of" ? result.as_of : axis == "known-by" ? result.known_by : result.at) = value;
  }
  return result;
}

}  // namespace solnoma
