#include <fmt/format.h>

#include "tests/bench/check.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"

namespace solnoma::bench {
namespace {

constexpr double kMilli = 1e3;

/// Runs the program a few times: the median of the milliseconds, and the last output.
struct Timed {
  double milliseconds;
  std::string out;
};
Timed time_program(const Site& site, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {site.options().program, "--store", site.store()});
  Child child;
  const double seconds = median_seconds(site.runs(), [&] { child = run_child(arguments); });
  return {seconds * kMilli, std::move(child.out)};
}

}  // namespace

void measure_program(Site& site) {
  const Vantage vantage = site.vantages()[1];
  const auto& expected = site.expected()[1];
  const std::string as_of = to_string(vantage.as_of);
  // A subject in the middle: neither the busiest nor one with next to nothing.
  const SubjectNumber subject{static_cast<std::uint32_t>(expected.size() / 2)};
  const auto name = must(site.log().subject_name(subject), "naming a subject");

  // What any program costs that reads its arguments and no store.
  const double nothing = time_program(site, {"date", "2022"}).milliseconds;
  const auto one = time_program(site, {"status", name, "--as-of", as_of, "--format", "json"});
  require(occurrences(one.out, status_field(expected[subject.value])) == 1,
          "the program's status of " + name);
  Figure figure{.name = "solnoma status SUBJECT",
                .unit = "ms",
                .better = Better::less,
                .ours = one.milliseconds,
                .floor = nothing,
                .runs = site.runs(),
                .note = "whole process; floor: solnoma date 2022"};
  site.report(Figure(figure).at_most(30));

  const auto all = time_program(site, {"status", "--brief", "--as-of", as_of, "--format", "json"});
  const StatusCounts counts = counts_of(expected);
  // Subjects of which nothing can be seen are left out of a list: not so many unrecorded.
  for (std::size_t i = 1; i < kStatuses; ++i)
    require(occurrences(all.out, status_field(static_cast<Status>(i))) == counts[i],
            fmt::format("the program's count of {}", solnoma::name(static_cast<Status>(i))));
  figure.name = "solnoma status --brief, json";
  figure.ours = all.milliseconds;
  site.report(Figure(figure).at_most(1'000));
}

}  // namespace solnoma::bench
