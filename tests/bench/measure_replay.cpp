#include <fmt/format.h>

#include "tests/bench/check.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/groups.hpp"

namespace solnoma::bench {
namespace {

struct Times {
  double inside = 0;  // seconds
  double whole = 0;
  std::uint64_t peak = 0;
};

/// Medians of a task; every run has to give the same answer.
Times run_tasks(const Site& site, const Task& task, std::uint64_t expected,
                const std::string& what) {
  std::vector<double> inside, whole;
  Times times;
  for (int run = -1; run < site.runs(); ++run) {
    const TaskResult result = run_task(site.options(), task);
    require(result.answer == expected, what);
    times.peak = std::max(times.peak, result.peak);
    if (run < 0) continue;  // warms the page cache
    inside.push_back(result.seconds);
    whole.push_back(result.whole_seconds);
  }
  times.inside = median(inside);
  times.whole = median(whole);
  return times;
}

}  // namespace

void measure_replay(Site& site) {
  const auto n = static_cast<double>(site.events());
  const Vantage vantage = site.vantages()[1];
  const std::uint64_t digest = digest_of(site.expected()[1]);
  const Times scan = run_tasks(site, {"scan", site.raw(), 1, {}}, site.events(), "the raw scan");
  const Times one =
      run_tasks(site, {"replay", site.store(), 1, vantage}, digest, "a replay on one thread");
  const Times two =
      run_tasks(site, {"replay", site.store(), 2, vantage}, digest, "a replay on two threads");

  Figure figure{.name = "replay, one thread",
                .unit = "events/s",
                .ours = n / one.inside,
                .floor = n / scan.inside,
                .runs = site.runs(),
                .note = fmt::format("digest of the statuses {:016x}", digest)};
  if (site.with_sqlite())
    figure.peer = n / median_seconds(site.runs(), [&] {
                    const auto statuses = site.peer().statuses({{vantage}});
                    require(digest_of(statuses[0]) == digest, "a replay by SQLite");
                  });
  const bool judged = site.events() >= kJudgedFrom;
  site.report(judged ? Figure(figure).at_least_of_floor(1.5) : figure);
  figure.name = "replay, two threads";
  figure.ours = n / two.inside;
  figure.note = "the floor is on one";
  site.report(judged ? Figure(figure).at_least_of_floor(2.5) : figure);
  site.report({.name = "replay, whole process",
               .unit = "events/s",
               .ours = n / one.whole,
               .floor = n / scan.whole,
               .runs = site.runs()});
  constexpr double kMiB = 1 << 20;
  Figure memory{.name = "replay, peak memory",
                .unit = "MiB",
                .better = Better::less,
                .ours = static_cast<double>(std::max(one.peak, two.peak)) / kMiB,
                .floor = static_cast<double>(scan.peak) / kMiB,
                .runs = site.runs()};
  site.report(memory.at_most(256));
}

}  // namespace solnoma::bench
