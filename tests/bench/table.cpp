#include "tests/bench/table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

#include "events/json/json.hpp"

namespace solnoma::bench {
namespace {

std::string figure(double value) {
  if (value >= 1e9) return fmt::format("{:.2f}G", value / 1e9);
  if (value >= 1e6) return fmt::format("{:.2f}M", value / 1e6);
  if (value >= 1e4) return fmt::format("{:.0f}k", value / 1e3);
  if (value >= 100) return fmt::format("{:.0f}", value);
  return fmt::format("{:.{}f}", value, value >= 10 ? 1 : value >= 0.1 ? 2 : 4);
}

std::string figure(const std::optional<double>& value) {
  return value ? figure(*value) : "";
}

std::string times(const Figure& row, const std::optional<double>& other) {
  return other ? figure(row.times_as_good_as(*other)) + "x" : "";
}

std::string size(std::uint64_t events) {
  if (events >= 1'000'000 && events % 1'000'000 == 0) return fmt::format("{}M", events / 1'000'000);
  if (events >= 1'000 && events % 1'000 == 0) return fmt::format("{}k", events / 1'000);
  return events == 0 ? "" : fmt::format("{}", events);
}

std::string targets(const Figure& row) {
  std::string text;
  for (const Figure::Target& target : row.targets)
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", target.text,
                        target.reached ? "yes" : "NO");
  return text;
}

std::string quoted(std::string_view text) {
  return Json(text).print();
}

std::string number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? fmt::format("{:.6g}", *value) : "null";
}

std::string json(const Figure& row) {
  std::string list;
  for (const Figure::Target& target : row.targets)
    list += fmt::format(R"({}{{"target":{},"reached":{}}})", list.empty() ? "" : ",",
                        quoted(target.text), target.reached);
  const auto ratio = [&](const std::optional<double>& other) {
    return other ? std::optional(row.times_as_good_as(*other)) : std::nullopt;
  };
  return fmt::format(
      R"({{"name":{},"events":{},"unit":{},"better":"{}","ours":{},"floor":{},"sqlite":{},)"
      R"("timesFloor":{},"timesSqlite":{},"runs":{},"targets":[{}],"note":{}}})",
      quoted(row.name), row.events, quoted(row.unit), row.better == Better::more ? "more" : "less",
      number(row.ours), number(row.floor), number(row.peer), number(ratio(row.floor)),
      number(ratio(row.peer)), row.runs, list, quoted(row.note));
}

constexpr auto kLine = "{:<31} {:>6} {:>9} {:<9} {:>9} {:>8} {:>9} {:>8} {:>4}  {}";

}  // namespace

double Figure::times_as_good_as(double other) const {
  return better == Better::more ? ours / other : other / ours;
}

Figure& Figure::at_least(double least) {
  targets.push_back({fmt::format(">= {} {}", figure(least), unit), ours >= least});
  return *this;
}

Figure& Figure::at_most(double most) {
  targets.push_back({fmt::format("<= {} {}", figure(most), unit), ours <= most});
  return *this;
}

Figure& Figure::at_least_of_floor(double least) {
  if (floor)
    targets.push_back(
        {fmt::format(">= {}x floor", figure(least)), times_as_good_as(*floor) >= least});
  return *this;
}

Figure& Figure::at_least_of_peer(double least) {
  if (peer)
    targets.push_back(
        {fmt::format(">= {}x SQLite", figure(least)), times_as_good_as(*peer) >= least});
  return *this;
}

void Table::add(const Figure& row) {
  for (const Figure::Target& target : row.targets)
    if (!target.reached)
      missed_.push_back(fmt::format("{} at {}: {}", row.name, size(row.events), target.text));
  if (format_ == Format::json) {
    fmt::print("{}\n", json(row));
  } else {
    if (!begun_)
      fmt::print("{}\n", fmt::format(kLine, "benchmark", "events", "ours", "unit", "floor",
                                     "vs floor", "SQLite", "vs SQL", "runs", "target: reached"));
    begun_ = true;
    const std::string last = targets(row) + (row.note.empty() ? "" : "  (" + row.note + ")");
    fmt::print("{}\n", fmt::format(kLine, row.name, size(row.events), figure(row.ours), row.unit,
                                   figure(row.floor), times(row, row.floor), figure(row.peer),
                                   times(row, row.peer), row.runs, last));
  }
  std::fflush(stdout);
}

void Table::say(const std::string& line) const {
  if (format_ == Format::text) fmt::print("{}\n", line);
  std::fflush(stdout);
}

void Table::finish() const {
  if (format_ == Format::json) return;
  fmt::print(
      "\nEvery answer was checked. 'vs': how many times as good, above 1 is better.\n"
      "A benchmark that has taken 10 s is not run again, whatever 'runs' says.\n");
  for (const std::string& miss : missed_) fmt::print("missed: {}\n", miss);
}

}  // namespace solnoma::bench
