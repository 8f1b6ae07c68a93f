#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "tests/bench/check.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/peer_brokers.hpp"

using namespace solnoma;
using namespace solnoma::bench;

namespace {

struct Group {
  const char* name;
  void (*measure)(Site&);
};
constexpr auto kGroups = std::to_array<Group>({{"disk", measure_disk},
                                               {"opening", measure_opening},
                                               {"replay", measure_replay},
                                               {"portfolio", measure_portfolio},
                                               {"program", measure_program},
                                               {"commands", measure_commands},
                                               {"exchange", measure_exchange},
                                               {"temporal", measure_temporal},
                                               {"memory", measure_memory},
                                               {"rebuild", measure_rebuild},
                                               {"changes", measure_changes},
                                               {"serve", measure_serve}});

void run(const Options& options, Format format) {
  Table table(format);
  if (options.wants("bandwidth"))
    table.add({.name = "memory bandwidth",
               .unit = "bytes/s",
               .ours = memory_bandwidth(),
               .runs = 5,
               .note = "reading, one thread: no fold is faster"});
  for (const std::uint64_t events : options.events) {
    const Stopwatch watch;
    Site site(options, events, table);
    measure_append(site);
    for (const Group& group : kGroups)
      if (options.wants(group.name)) group.measure(site);
    table.say(
        fmt::format("-- {} events with seed {}: {:.0f} s", events, options.seed, watch.seconds()));
  }
  table.finish();
}

std::vector<std::string> group_names() {
  std::vector<std::string> names{"append", "bandwidth"};
  for (const Group& group : kGroups) names.emplace_back(group.name);
  return names;
}

/// The hidden command with which the program starts itself.
void add_child(CLI::App& app, Task& task) {
  CLI::App& child = *app.add_subcommand("child")->group("");
  child.add_option("kind", task.kind)->required();
  child.add_option("store", task.store)->required();
  child.add_option("command", task.command);
  child.add_option("--threads", task.threads);
  child.add_option("--as-of", task.vantage.as_of.number);
  child.add_option("--known-by", task.vantage.known_by.number);
  child.add_option("--at", task.vantage.at.value);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  options.directory = std::filesystem::temp_directory_path();
  options.program = SOLNOMA_PROGRAM;
  options.duckdb = SOLNOMA_DUCKDB;
  options.self = std::filesystem::read_symlink("/proc/self/exe");
  std::string format = "text";
  Task task;

  CLI::App app("Measures the engine beside raw RocksDB and SQLite, and checks every answer.");
  app.add_option("--events", options.events, "Sizes, as in 10000,100000,1000000")
      ->delimiter(',')
      ->check(CLI::Range(std::uint64_t{1'000}, std::uint64_t{1'000'000'000}));
  app.add_option("--runs", options.runs, "Timed runs after one to warm up; medians are shown")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the events and the questions")->capture_default_str();
  app.add_option("--subjects", options.subjects, "At most a tenth of the events")
      ->check(CLI::Range(1U, 100'000'000U))
      ->capture_default_str();
  app.add_option("--sqlite-most", options.sqlite_most, "The largest size that SQLite runs at")
      ->capture_default_str();
  app.add_option("--dir", options.directory, "Where the stores are made; they are removed")
      ->capture_default_str();
  app.add_option("--only", options.only, "Groups of benchmarks; the stores are always filled")
      ->delimiter(',')
      ->check(CLI::IsMember(group_names()));
  std::vector<std::string> brokers;
  for (const BrokerKind& kind : broker_kinds()) brokers.emplace_back(kind.name);
  app.add_option(
         "--beside", options.beside,
         "Brokers that take the same payloads: redis-server and libhiredis-dev, nats-server "
         "and libnats-dev must be installed")
      ->delimiter(',')
      ->check(CLI::IsMember(brokers));
  app.add_option("--program", options.program, "The program solnoma to measure");
  app.add_option("--format", format, "A table, or one JSON object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  add_child(app, task);
  CLI11_PARSE(app, argc, argv);

  try {
    if (!task.kind.empty())
      do_task(task);
    else
      run(options, format == "json" ? Format::json : Format::text);
  } catch (const std::exception& error) {
    std::fflush(stdout);
    fmt::print(stderr, "solnoma_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}
