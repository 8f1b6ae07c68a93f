#include "tests/bench/table.hpp"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstdio>

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

std::string memory(const Figure& row) {
  return row.memory ? fmt::format("{:.0f}", *row.memory) : "";
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

/// One object of JSON.
class JsonLine {
 public:
  JsonLine() { writer_.StartObject(); }

  JsonLine& text(const char* key, const std::string& value) {
    writer_.Key(key);
    writer_.String(value.c_str());
    return *this;
  }
  JsonLine& count(const char* key, std::uint64_t value) {
    writer_.Key(key);
    writer_.Uint64(value);
    return *this;
  }
  /// Six digits: more would not be the same twice.
  JsonLine& number(const char* key, const std::optional<double>& value) {
    writer_.Key(key);
    if (value && std::isfinite(*value)) {
      const std::string digits = fmt::format("{:.6g}", *value);
      writer_.RawValue(digits.c_str(), digits.size(), rapidjson::kNumberType);
    } else {
      writer_.Null();
    }
    return *this;
  }
  JsonLine& targets(const char* key, const std::vector<Figure::Target>& targets) {
    writer_.Key(key);
    writer_.StartArray();
    for (const Figure::Target& target : targets) {
      writer_.StartObject();
      text("target", target.text);
      writer_.Key("reached");
      writer_.Bool(target.reached);
      writer_.EndObject();
    }
    writer_.EndArray();
    return *this;
  }
  std::string finish() {
    writer_.EndObject();
    return buffer_.GetString();
  }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

std::string json(const Figure& row) {
  const auto ratio = [&](const std::optional<double>& other) {
    return other ? std::optional(row.times_as_good_as(*other)) : std::nullopt;
  };
  return JsonLine()
      .text("name", row.name)
      .count("events", row.events)
      .text("unit", row.unit)
      .text("better", row.better == Better::more ? "more" : "less")
      .number("ours", row.ours)
      .number("floor", row.floor)
      .number("sqlite", row.peer)
      .number("timesFloor", ratio(row.floor))
      .number("timesSqlite", ratio(row.peer))
      .number("memory", row.memory)
      .count("runs", static_cast<std::uint64_t>(row.runs))
      .targets("targets", row.targets)
      .text("note", row.note)
      .finish();
}

constexpr auto kLine = "{:<31} {:>6} {:>9} {:<9} {:>9} {:>8} {:>9} {:>8} {:>5} {:>4}  {}";

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

Figure& Figure::at_most_memory(double most) {
  if (memory) targets.push_back({fmt::format("<= {} MiB", figure(most)), *memory <= most});
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
      fmt::print("{}\n",
                 fmt::format(kLine, "benchmark", "events", "ours", "unit", "floor", "vs floor",
                             "SQLite", "vs SQL", "MiB", "runs", "target: reached"));
    begun_ = true;
    const std::string last = targets(row) + (row.note.empty() ? "" : "  (" + row.note + ")");
    fmt::print("{}\n", fmt::format(kLine, row.name, size(row.events), figure(row.ours), row.unit,
                                   figure(row.floor), times(row, row.floor), figure(row.peer),
                                   times(row, row.peer), memory(row), row.runs, last));
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
