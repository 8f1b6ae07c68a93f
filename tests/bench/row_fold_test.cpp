#include "tests/bench/row_fold.hpp"

#include <doctest/doctest.h>

#include <map>

#include "events/validate.hpp"
#include "projections/status.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/naive.hpp"
#include "tests/bench/workload.hpp"

using namespace solnoma;
using namespace solnoma::bench;

namespace {

/// The rows that a log would hold of a workload, by subject number.
struct Recorded {
  std::vector<std::vector<Row>> rows;
  Naive naive;

  explicit Recorded(std::uint64_t events) {
    Workload workload({events, 50, 3});
    std::map<std::string, std::size_t> numbers;
    std::map<std::string, std::uint32_t> revisions;
    while (workload.made() < events) {
      const Event event = workload.next();
      const auto number = numbers.try_emplace(event.subject, rows.size()).first->second;
      if (number == rows.size()) rows.emplace_back();
      const Revision superseded{event.supersedes.empty() ? 0 : revisions.at(event.supersedes)};
      rows[number].emplace_back(validate(event).value(), Position{workload.made()}, superseded);
      revisions[event.id] = static_cast<std::uint32_t>(rows[number].size());
      naive.add(event);
    }
  }
};

}  // namespace

TEST_CASE("the fold, the naive answers and the status projection agree at any vantage") {
  const Recorded recorded(5'000);
  test::Random random(4);
  RowFold fold;
  for (int round = 0; round < 30; ++round) {
    Vantage vantage{.as_of =
                        Day{kWorkloadFirst.number + 100 + static_cast<int>(random.below(9'500))}};
    if (random.chance(0.5)) vantage.known_by = Day{vantage.as_of.number + 200};
    if (random.chance(0.5)) vantage.at = Position{random.below(5'000U)};
    const auto naive = recorded.naive.statuses(vantage);
    REQUIRE(naive.size() == recorded.rows.size());
    for (std::size_t i = 0; i < naive.size(); ++i) {
      const Rows rows = recorded.rows[i];
      CHECK(fold.at(rows, vantage) == naive[i]);
      CHECK(status(steps(rows, effective(rows, vantage)), vantage.as_of).status == naive[i]);
    }
  }
}

TEST_CASE("the fold over many days is the fold at each") {
  const Recorded recorded(2'000);
  std::vector<Day> days;
  for (std::int32_t day = kWorkloadFirst.number; day < kWorkloadLast.number; day += 91)
    days.push_back(Day{day});
  std::vector<Status> over(days.size());
  RowFold fold;
  for (const auto& rows : recorded.rows) {
    fold.over(rows, days, Day{18'000}, kNewest, over);
    for (std::size_t i = 0; i < days.size(); ++i)
      CHECK(over[i] == fold.at(rows, {days[i], Day{18'000}, kNewest}));
  }
}

TEST_CASE("answers that differ are not taken for the same") {
  const std::vector<Status> some{Status::announced, Status::operating};
  const std::vector<Status> others{Status::announced, Status::suspended};
  CHECK_NOTHROW(require_same(some, some, "statuses"));
  CHECK_THROWS_AS(require_same(some, others, "statuses"), Wrong);
  CHECK_THROWS_AS(require_same(counts_of(some), counts_of(others), "counts"), Wrong);
  CHECK(digest_of(some) != digest_of(others));
}
