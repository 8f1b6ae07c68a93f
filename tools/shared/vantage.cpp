#include "tools/shared/vantage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "events/edtf.hpp"

namespace solnoma {
namespace {

std::unexpected<Failure> wrong_date(std::string_view option, const Error& error) {
  return usage(fmt::format("{}: {}", option, error.what), error.remedy);
}

Try<Position> position_option(const std::string& value, const Log& log) {
  const bool number = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
  const bool year = value.size() == 4 && number && value > "1000";
  if (number && !(year && Position{std::stoull(value)} > log.head())) {
    std::uint64_t position = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), position);
    if (parsed.ec != std::errc{} || Position{position} > log.head())
      return usage(
          fmt::format("--at: position {} lies beyond the newest, {}", value, log.head().value),
          "'solnoma log --limit 1' shows the newest");
    return Position{position};
  }
  auto bounds = date_option("--at", value);
  if (!bounds) return refuse(bounds);
  // The last microsecond of that day, in UTC as the log stamps it.
  const Instant end =
      Instant{std::chrono::days{bounds->latest.number + 1}} - std::chrono::microseconds{1};
  auto position = log.position_at(end);
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
                 "What the log held at this position, or at the end of this day (system time)",
                 "POSITION", "the newest");
}

void add_language(Command& command, std::string& language) {
  std::vector<std::string> codes;
  for (const auto& each : kLanguages) codes.emplace_back(each.code);
  command.choice("--lang", language, codes, "Language of names and headings");
}

Language language_of(const std::string& code) {
  return language_from(code).value_or(Language::en);
}

Try<Bounds> date_option(std::string_view name, const std::string& value) {
  auto edtf = parse_edtf(value);
  if (!edtf) return wrong_date(name, edtf.error());
  if (!is_calendar_day(edtf->bounds.latest) || !is_calendar_day(edtf->bounds.earliest))
    return usage(fmt::format("{}: '{}' has an open end", name, value), "give a date with an end");
  return edtf->bounds;
}

Try<Vantage> resolve(const VantageOptions& options, Context& context, const Log& log) {
  Vantage vantage{context.today(), kOpenFuture, log.head()};
  if (!options.as_of.empty()) {
    auto bounds = date_option("--as-of", options.as_of);
    if (!bounds) return refuse(bounds);
    vantage.as_of = bounds->latest;
  }
  if (!options.known_by.empty()) {
    auto bounds = date_option("--known-by", options.known_by);
    if (!bounds) return refuse(bounds);
    vantage.known_by = bounds->latest;
  }
  if (!options.at.empty()) {
    auto position = position_option(options.at, log);
    if (!position) return refuse(position);
    vantage.at = *position;
  }
  return vantage;
}

Try<VantageOptions> parse_vantage(std::string_view option, const std::string& text,
                                  const VantageOptions& base) {
  VantageOptions result = base;
  std::set<std::string_view> given;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    const auto equals = part.find('=');
    const std::string_view axis =
        equals == std::string_view::npos ? "as-of" : part.substr(0, equals);
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
