#include <fmt/format.h>

#include "engine/verify.hpp"
#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"

namespace solnoma::bench {
namespace {

/// Below this size what every process and every file costs hides what an event costs.
constexpr std::uint64_t kLarge = 1'000'000;

}  // namespace

void measure_disk(Site& site) {
  site.close();
  const auto per_event = [&](const std::string& directory) {
    return static_cast<double>(disk_bytes(directory)) / static_cast<double>(site.events());
  };
  Figure disk{.name = "disk",
              .unit = "bytes/ev",
              .better = Better::less,
              .ours = per_event(site.store()),
              .floor = per_event(site.raw())};
  if (site.with_sqlite()) disk.peer = per_event(site.sqlite());
  if (site.events() >= kLarge) disk.at_most(45);
  site.report(disk);
}

void measure_opening(Site& site) {
  site.close();
  const auto report = [&](const char* name, auto open) {
    constexpr double kMilli = 1e3;
    const double first = seconds_of(open);  // takes in what the last writer left in its log
    Figure figure{.name = name,
                  .unit = "ms",
                  .better = Better::less,
                  .ours = median_seconds(site.runs(), open) * kMilli,
                  .runs = site.runs(),
                  .note = fmt::format("and close again; the first time {:.3g}", first * kMilli)};
    site.report(figure.at_most(100));
  };
  report("open for reading", [&] {
    const auto log = must(open_log(Disk::real(), site.store()), "opening the log");
    require(log->head().value == site.events(), "the head after opening for reading");
  });
  report("open for writing", [&] {
    const auto journal = site.open_for_writing();
    require(journal->log().head().value == site.events(), "the head after opening for writing");
  });
}

void measure_memory(Site& site) {
  const auto n = static_cast<double>(site.events());
  const std::uint64_t digest = digest_of(site.expected()[1]);
  std::vector<double> peaks, loading, loading_on_two;
  for (int run = 0; run < site.runs(); ++run) {
    Task task{"portfolio", site.store(), 1, site.vantages()[1]};
    const TaskResult one = run_task(site.options(), task);
    task.threads = 2;
    const TaskResult two = run_task(site.options(), task);
    require(one.answer == digest && two.answer == digest, "a portfolio in a process of its own");
    peaks.push_back(static_cast<double>(one.peak));
    loading.push_back(n / one.seconds);
    loading_on_two.push_back(n / two.seconds);
  }
  Figure load{.name = "load a portfolio, one thread",
              .unit = "events/s",
              .ours = median(loading),
              .runs = site.runs()};
  site.report(load);
  load.name = "load a portfolio, two threads";
  load.ours = median(loading_on_two);
  site.report(load);
  Figure memory{.name = "memory with a portfolio",
                .unit = "bytes/ev",
                .better = Better::less,
                .ours = median(peaks) / n,
                .runs = site.runs(),
                .note = "whole process, loaded on one thread, after answering"};
  if (site.events() >= kLarge) memory.at_most(64);
  site.report(memory);
}

void measure_rebuild(Site& site) {
  const auto expected = site.expected();
  const auto vantages = site.vantages();
  site.close();
  const auto n = static_cast<double>(site.events());
  const int runs = site.events() >= kLarge ? 1 : site.runs();
  {
    const auto journal = site.open_for_writing();
    std::vector<double> times;
    for (int run = 0; run < runs; ++run)
      times.push_back(seconds_of([&] { must(journal->rebuild(), "rebuilding"); }));
    Figure rebuild{.name = "rebuild", .unit = "events/s", .ours = n / median(times), .runs = runs};
    if (site.events() >= kJudgedFrom) rebuild.at_least(1e6);
    site.report(rebuild);
    const double seconds =
        seconds_of([&] { must(verify_log(journal->log()), "verifying the index"); });
    site.report(
        {.name = "verify", .unit = "events/s", .ours = n / seconds, .note = "index as rebuilt"});
  }
  const auto after = site.expected_at(vantages);
  for (std::size_t i = 0; i < after.size(); ++i)
    require_same(after[i], expected[i], "the rows after a rebuild");
}

}  // namespace solnoma::bench
