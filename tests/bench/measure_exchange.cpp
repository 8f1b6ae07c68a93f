#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/validate.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"
#include "tests/tools/exported.hpp"

namespace solnoma::bench {
namespace {

/// The lines of a text, without their ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    require(end != std::string_view::npos, "a line that has no end");
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// What `solnoma export` must print.
std::string exported(const Log& log) {
  std::string lines;
  must(log.read(Position{1}, Direction::forwards,
                [&](const RecordedEvent& recorded) {
                  lines += event_to_json(must(decode(recorded), "decoding")) + '\n';
                  return true;
                }),
       "reading the log");
  return lines;
}

/// The ids and payloads of the first events of a log, end to end.
std::string content_of(const Log& log, std::uint64_t events) {
  std::string content;
  must(log.read(Position{1}, Direction::forwards,
                [&](const RecordedEvent& recorded) {
                  for (const std::string_view part :
                       {recorded.source, recorded.id, recorded.subject, recorded.payload})
                    content += part;
                  return recorded.position.value < events;
                }),
       "reading the log");
  return content;
}

void measure_export(Site& site, const std::string& expected) {
  // To a file: reading a pipe would take the processor from the program that is measured.
  const std::string file = site.store() + "-exported.jsonl";
  const std::vector<std::string> command{
      "/bin/sh",    "-c", R"(exec "$0" --store "$1" export >"$2")", site.options().program,
      site.store(), file};
  const double seconds = median_seconds(site.runs(), [&] { (void)run_child(command); });
  std::ifstream in(file, std::ios::binary);
  require(test::without_heads(std::string(std::istreambuf_iterator<char>(in), {})) == expected,
          "the program's export");
  std::filesystem::remove(file);
  const auto n = static_cast<double>(site.events());
  Figure figure{.name = "solnoma export",
                .unit = "events/s",
                .ours = n / seconds,
                .runs = site.runs(),
                .note = fmt::format("whole process; {:.0f} bytes an event",
                                    static_cast<double>(expected.size()) / n)};
  constexpr double kBefore = 55'000;  // with Cap'n Proto's JSON codec
  if (site.events() >= kJudgedFrom) figure.at_least(5 * kBefore);
  site.report(figure);
}

void measure_reading(Site& site, const std::vector<std::string_view>& lines,
                     const std::vector<Event>& events) {
  ExchangeReader reader("");
  for (std::size_t i = 0; i < lines.size(); ++i)
    require(must(reader.read(lines[i]), "reading an event").event == events[i],
            "an event that was read");
  const auto report = [&](const char* name, auto work) {
    const double seconds = median_seconds(site.runs(), work);
    site.report({.name = name,
                 .unit = "events/s",
                 .ours = static_cast<double>(lines.size()) / seconds,
                 .runs = site.runs(),
                 .note = "one thread"});
  };
  report("read JSON", [&] {
    for (const std::string_view line : lines) (void)must(reader.read(line), "reading an event");
  });
  std::size_t bytes = 0;
  for (const Event& event : events) bytes += must(encode(event), "encoding").size();
  std::string payloads;
  report("read JSON, validate, encode", [&] {
    payloads.clear();
    for (const std::string_view line : lines) {
      const Exchanged read = must(reader.read(line), "reading an event");
      must(validate(read.event), "validating");
      must(encode(read.event, payloads), "encoding");
    }
    require(payloads.size() == bytes, "the bytes of all payloads");
  });
}

void measure_import(Site& site, const std::string& json, const std::vector<Event>& events) {
  const std::string file = site.store() + ".jsonl";
  std::ofstream(file, std::ios::binary) << json;
  const std::string expected = content_of(site.log(), site.events());
  const std::string store = site.store() + "-imported";
  const auto fresh = [&] {
    std::filesystem::remove_all(store);
    must(Journal::create(Disk::real(), store), "making a store");
  };
  const auto check = [&](const char* what) {
    const auto log = must(open_log(Disk::real(), store), "opening the log");
    require(log->head().value >= site.events() && content_of(*log, site.events()) == expected,
            what);
  };
  std::vector<double> ours, engine;
  for (int run = -1; run < site.runs(); ++run) {
    fresh();
    const double imported =
        run_child({site.options().program, "--store", store, "import", file}).seconds;
    check("the log that was imported");
    fresh();
    const double appended = seconds_of([&] {
      const auto journal = must(open_journal(Disk::real(), store, site.clock()), "opening");
      const std::span<const Event> all(events);
      for (std::size_t i = 0; i < all.size(); i += kBatch)
        (void)must(append(*journal, all.subspan(i, std::min(kBatch, all.size() - i))), "appending");
    });
    check("the log that was appended");
    if (run < 0) continue;
    ours.push_back(static_cast<double>(events.size()) / imported);
    engine.push_back(static_cast<double>(events.size()) / appended);
  }
  std::filesystem::remove_all(store);
  std::filesystem::remove(file);
  Figure figure{
      .name = "solnoma import",
      .unit = "events/s",
      .ours = median(ours),
      .floor = median(engine),
      .runs = site.runs(),
      .note = fmt::format("whole process; floor: append() of {} events at a time", kBatch)};
  if (site.events() >= kJudgedFrom) figure.at_least_of_floor(0.8);
  site.report(figure);
}

}  // namespace

void measure_exchange(Site& site) {
  const std::string json = exported(site.log());
  const std::vector<std::string_view> lines = lines_of(json);
  require(lines.size() == site.events(), "the number of lines");
  std::vector<Event> events;
  Workload workload(workload_of(site));
  while (workload.made() < site.events()) events.push_back(workload.next());
  measure_export(site, json);
  measure_reading(site, lines, events);
  measure_import(site, json, events);
}

}  // namespace solnoma::bench
