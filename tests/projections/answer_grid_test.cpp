#include "projections/all_days/answer_grid.hpp"
#include "projections/all_days/status_history.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"
#include "tests/oracle/random_numbers.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::uint64_t kHistories = 1'000;
constexpr int kVantages = 24;

StatusAt status_of(Rows rows, const Vantage& vantage) {
  return status(steps(rows, oracle::standing(rows, vantage)), vantage.as_of);
}

/// Events to go with rows: some with numbers, some that describe.
std::vector<StoredEvent> events_of(RandomHistory& random, std::vector<Row>& rows) {
  std::vector<StoredEvent> events = random_numbers(random, rows);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (type_of_kind(rows[i].kind()) == kDescribed)
      events[i].event.description.emplace().kind = std::to_string(i);
  return events;
}

/// The shape that is promised: nothing twice, everything ascending, neighbours differ.
template <class Answer>
void check_shape(const AnswerGrid<Answer>& grid) {
  REQUIRE_FALSE(grid.rows.empty());
  CHECK(grid.rows.front().from == kOpenPast);
  for (std::size_t i = 0; i < grid.rows.size(); ++i) {
    const auto& row = grid.rows[i];
    REQUIRE_FALSE(row.cells.empty());
    CHECK(row.cells.front().from == kOpenPast);
    for (std::size_t j = 1; j < row.cells.size(); ++j) {
      CHECK(row.cells[j - 1].from < row.cells[j].from);
      CHECK(row.cells[j - 1].answer != row.cells[j].answer);
    }
    if (i == 0) continue;
    CHECK(grid.rows[i - 1].from < row.from);
    CHECK_FALSE(grid.rows[i - 1].cells == row.cells);
  }
  for (std::size_t i = 0; i < grid.answers.size(); ++i)
    CHECK(std::ranges::count(grid.answers, grid.answers[i]) == 1);
}

/// Calls `body(random, rows, vantages)` with many histories; all vantages of one position.
template <class Body>
void for_random_grids(Body body, std::uint64_t usual = kHistories) {
  for (std::uint64_t n = 0; n < histories(usual); ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    std::vector<Row> rows = random.percent(90) ? random.history() : random.long_history(60);
    const Position at = random.percent(60) ? kNewest : random.edge_vantage(rows).at;
    std::vector<Vantage> vantages;
    while (vantages.size() < kVantages) {
      vantages.push_back(random.percent(50) ? random.vantage(rows) : random.edge_vantage(rows));
      vantages.back().at = at;
    }
    INFO("history:", text(rows));
    body(random, rows, at, vantages);
  }
}

}  // namespace

TEST_CASE("a grid of statuses answers what status() does, reasons included") {
  for_random_grids([](RandomHistory&, std::vector<Row>& rows, Position at,
                      const std::vector<Vantage>& vantages) {
    const auto grid = status_grid(rows, at);
    check_shape(grid);
    for (const Vantage& vantage : vantages) {
      INFO(text(vantage));
      const StatusAt& answer = grid.at(vantage.known_by, vantage.as_of);
      const StatusAt expected = status_of(rows, vantage);
      CHECK(name(answer.status) == name(expected.status));
      CHECK(text(answer.possible) == text(expected.possible));
      CHECK(name(answer.rule) == name(expected.rule));
      CHECK(answer.since == expected.since);
      CHECK(answer.because == expected.because);
    }
  });
}

TEST_CASE("a grid of plans answers what plans() does") {
  for_random_grids([](RandomHistory& random, std::vector<Row>& rows, Position at,
                      const std::vector<Vantage>& vantages) {
    const std::vector<StoredEvent> events = random.events(rows);
    const PlanKeys keys = plan_keys(events);
    INFO("events:", text(events));
    const auto grid = plans_grid(rows, keys, at);
    check_shape(grid);
    for (const Vantage& vantage : vantages) {
      INFO(text(vantage));
      const auto expected = plans(rows, keys, oracle::standing(rows, vantage), vantage);
      CHECK(text(grid.at(vantage.known_by, vantage.as_of)) == text(expected));
    }
  });
}

TEST_CASE("a grid of figures answers what they are as worded") {
  for_random_grids(
      [](RandomHistory& random, std::vector<Row>& rows, Position at,
         const std::vector<Vantage>& vantages) {
        const auto events = events_of(random, rows);
        const auto grid = figures_grid(events, rows, at);
        check_shape(grid);
        for (const Vantage& vantage : vantages) {
          INFO(text(vantage));
          CHECK(text(grid.at(vantage.known_by, vantage.as_of)) ==
                text(oracle::figures(events, rows, vantage)));
        }
      },
      2 * kHistories);
}

TEST_CASE("who described a subject, and how each event stood, is what the definitions say") {
  for_random_grids([](RandomHistory& random, std::vector<Row>& rows, Position at,
                      const std::vector<Vantage>& vantages) {
    const auto events = events_of(random, rows);
    const auto described = descriptions(events, rows, at);
    const auto held = standing_periods(rows, at);
    REQUIRE_FALSE(described.empty());
    CHECK(described.front().from == kOpenPast);
    for (const Vantage& vantage : vantages) {
      INFO(text(vantage));
      const Effective counting = oracle::standing(rows, vantage);
      const auto last =
          std::prev(std::ranges::upper_bound(described, vantage.known_by, {}, &Described::from));
      CHECK(last->by == described_by(events, counting));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(i);
        const bool recorded = i < held.size();
        CHECK(recorded == (rows[i].position() <= at));
        if (!recorded) continue;
        const auto found = std::ranges::find_if(held[i], [&](const StandingPeriod& period) {
          return period.from <= vantage.known_by &&
                 (vantage.known_by < period.to || period.to == kOpenFuture);
        });
        CHECK((found != held[i].end()) == counting.visible(i));
        if (found != held[i].end()) CHECK(found->superseded_by == counting.superseded_by[i]);
      }
    }
  });
}

TEST_CASE("what became known later changes the past only as seen from then on") {
  History history;
  const Revision plan = history.plan("opened", "2023-06", "2022-01-10");
  const Revision opened = history.actual("opened", "2023-09", "2023-10-05");
  const auto grid = status_grid(history.rows(), kNewest);
  const auto day = [](const char* text) { return as_of(text).as_of; };

  REQUIRE(grid.rows.size() == 3);
  CHECK(grid.at(day("2022-01-09"), day("2024-01-01")).status == Status::unrecorded);
  CHECK(grid.at(day("2022-01-10"), day("2024-01-01")).status == Status::announced);
  CHECK(grid.at(day("2022-01-10"), day("2024-01-01")).because == std::vector{plan});
  const StatusAt& later = grid.at(day("2023-10-05"), day("2023-09-30"));
  CHECK(later.status == Status::operating);
  CHECK(later.because == std::vector{opened});
  CHECK_FALSE(grid.at(day("2023-10-05"), day("2023-09-15")).certain());
}

TEST_CASE("a subject of which nothing is recorded has one answer from every day") {
  const auto grid = status_grid({}, kNewest);
  check_shape(grid);
  CHECK(grid.answers.size() == 1);
  CHECK(grid.at(kOpenFuture, kOpenFuture).rule == Rule::nothing_recorded);
  CHECK(plans_grid({}, {}, kNewest).at(kOpenFuture, kOpenPast).empty());
  CHECK(figures_grid({}, {}, kNewest).at(kOpenPast, kOpenFuture).empty());
  CHECK(descriptions({}, {}, kNewest) == std::vector<Described>{{kOpenPast, Revision{0}}});
}

TEST_CASE("where possible statuses cost too much they are enclosed on every day, and say so") {
  for_random_grids(
      [](RandomHistory&, Rows rows, Position at, const auto& vantages) {
        for (const std::size_t worlds : {std::size_t{0}, std::size_t{300}}) {
          const auto grid = status_grid(rows, at, Effort(worlds));
          check_shape(grid);
          for (const Vantage& vantage : vantages) {
            const auto history = status_history_as_of(rows, vantage.known_by, at, Effort(worlds));
            const auto period = std::prev(
                std::ranges::upper_bound(history, vantage.as_of, {}, &StatusPeriod<Day>::from));
            const StatusAt& cell = grid.at(vantage.known_by, vantage.as_of);
            const StatusAt exact = status_of(rows, vantage);
            if (!exact.exact) continue;
            INFO(text(vantage));
            CHECK(cell.status == exact.status);
            CHECK(period->status == exact.status);
            CHECK((exact.possible & ~cell.possible).none());
            CHECK((exact.possible & ~period->possible).none());
            if (cell.exact) CHECK(cell.possible == exact.possible);
            if (period->exact) CHECK(period->possible == exact.possible);
          }
        }
      },
      kHistories / 4);
}

TEST_CASE("where reasons are too many, answers stay, name what decides them, and say so") {
  for_random_grids([](RandomHistory&, Rows rows, Position at, const auto& vantages) {
    const auto grid = status_grid(rows, at, Effort(Effort::kUsual, 0));
    check_shape(grid);
    for (const Vantage& vantage : vantages) {
      INFO(text(vantage));
      const StatusAt& answer = grid.at(vantage.known_by, vantage.as_of);
      const StatusAt expected = status_of(rows, vantage);
      CHECK(answer.status == expected.status);
      CHECK(answer.rule == expected.rule);
      CHECK(answer.since == expected.since);
      CHECK(text(answer.possible) == text(expected.possible));
      CHECK(answer.exact == expected.exact);
      CHECK(answer.all_reasons == answer.certain());
      if (answer.all_reasons)
        CHECK(answer.because == expected.because);
      else
        CHECK(std::ranges::includes(expected.because, answer.because));
    }
  });
}

TEST_CASE("a thousand vague events that overlap have a grid of bounded size") {
  std::vector<Row> rows;
  RandomHistory random(base_seed());
  constexpr std::int32_t kEvents = 1'000;
  for (std::int32_t i = 0; i < kEvents; ++i) {
    Row row = random.next_event(rows);
    row.supersedes = 0;
    row.earliest = Day{kFirstDay + 3 * i};
    row.latest = Day{kFirstDay + 3 * i + 900};
    row.known = Day{kFirstDay + 5'000 + i};
    rows.push_back(row);
  }
  const auto grid = status_grid(rows, kNewest);
  check_shape(grid);
  std::size_t reasons = 0;
  for (const StatusAt& answer : grid.answers) reasons += answer.because.size();
  CHECK(reasons <= Effort::kSteps + 2 * grid.answers.size());
  CHECK(std::ranges::any_of(grid.answers, [](const StatusAt& each) { return !each.all_reasons; }));
  for (int n = 0; n < 50; ++n) {
    Vantage vantage = random.edge_vantage(rows);
    vantage.at = kNewest;
    INFO(text(vantage));
    const StatusAt& answer = grid.at(vantage.known_by, vantage.as_of);
    const StatusAt alone = status_of(rows, vantage);
    CHECK(answer.status == alone.status);
    CHECK(answer.rule == alone.rule);
    CHECK(answer.since == alone.since);
    if (alone.exact) CHECK((alone.possible & ~answer.possible).none());
    CHECK(std::ranges::includes(alone.because, answer.because));
  }
}
