#include "projections/all_days/status_history.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

StatusAt oracle_status(Rows rows, const Vantage& vantage) {
  return status(steps(rows, oracle::standing(rows, vantage)), vantage.as_of);
}

template <class Point>
std::string words(const std::vector<StatusPeriod<Point>>& periods) {
  std::string result;
  for (const StatusPeriod<Point>& period : periods)
    result += (result.empty() ? "" : ", ") + std::string(name(period.status)) +
              (period.possible.count() > 1 ? "?" : "");
  return result;
}

/// What the history says of a point.
template <class Point>
const StatusPeriod<Point>& at(const std::vector<StatusPeriod<Point>>& periods, Point point) {
  return *std::prev(std::ranges::upper_bound(periods, point, {}, &StatusPeriod<Point>::from));
}

template <class Point>
void check_form(const std::vector<StatusPeriod<Point>>& periods, Point first) {
  REQUIRE_FALSE(periods.empty());
  CHECK(periods.front().from == first);
  for (std::size_t i = 1; i < periods.size(); ++i) {
    CHECK(periods[i - 1].from < periods[i].from);
    CHECK((periods[i - 1].status != periods[i].status ||
           periods[i - 1].possible != periods[i].possible));
  }
}

template <class Point>
void check_point(Rows rows, const std::vector<StatusPeriod<Point>>& periods, Point point,
                 const Vantage& vantage) {
  INFO(text(vantage));
  const StatusAt expected = oracle_status(rows, vantage);
  const StatusPeriod<Point>& answer = at(periods, point);
  CHECK(name(answer.status) == name(expected.status));
  CHECK(text(answer.possible) == text(expected.possible));
}

void check_days(Rows rows, Vantage vantage) {
  const auto periods = status_history_as_of(rows, vantage.known_by, vantage.at);
  check_form(periods, kOpenPast);
  for (const Day day : {kOpenPast, kOpenFuture}) {
    vantage.as_of = day;
    check_point(rows, periods, day, vantage);
  }
  for (std::int32_t day = kFirstDay - 2; day < kFirstDay + kDays + 20; ++day) {
    vantage.as_of = Day{day};
    check_point(rows, periods, Day{day}, vantage);
  }
}

void check_knowledge(Rows rows, Vantage vantage) {
  const auto periods = status_history_known_by(rows, vantage.as_of, vantage.at);
  check_form(periods, kOpenPast);
  for (std::int32_t day = kFirstDay - 2; day < kFirstDay + kDays + 40; ++day) {
    vantage.known_by = Day{day};
    check_point(rows, periods, Day{day}, vantage);
  }
}

void check_positions(Rows rows, Vantage vantage) {
  const auto periods = status_history_at(rows, vantage.as_of, vantage.known_by);
  check_form(periods, Position{0});
  for (Position at; at <= rows.back().position().next(); at = at.next()) {
    vantage.at = at;
    check_point(rows, periods, at, vantage);
  }
}

template <class Body>
void for_random_histories(std::uint64_t usual, Body body) {
  const std::uint64_t count = histories(usual);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    const std::vector<Row> rows =
        random.percent(80) ? random.history() : random.long_history(random.between(1, 25));
    INFO("history:", text(rows));
    body(rows, random.edge_vantage(rows));
  }
}

}  // namespace

TEST_CASE("the status history of a subject of which nothing is recorded is one period") {
  CHECK(words(status_history_as_of({}, kOpenFuture, kNewest)) == "unrecorded");
  CHECK(words(status_history_known_by({}, kOpenFuture, kNewest)) == "unrecorded");
  CHECK(words(status_history_at({}, kOpenFuture, kOpenFuture)) == "unrecorded");
}

TEST_CASE(
    "the status history by day of the question tells when a status was possible and when certain") {
  History history;
  history.actual("construction-started", "2022-03", "2024-01-01");
  history.actual("suspended", "2023-01-01", "2024-01-01");
  const auto periods = status_history_as_of(history.rows(), kOpenFuture, kNewest);
  CHECK(words(periods) == "unrecorded, unrecorded?, under-construction, suspended");
  CHECK(periods[1].from == day("2022-03-01"));
  CHECK(periods[2].from == day("2022-03-31"));
  CHECK(periods[3].from == day("2023-01-01"));
}

TEST_CASE("the status history by day of knowledge tells when a view of one day changed") {
  History history;
  const Revision wrong = history.actual("opened", "2022-03-01", "2022-04-01");
  history.retract(wrong, "2022-05-01");
  const auto periods = status_history_known_by(history.rows(), day("2022-12-31"), kNewest);
  CHECK(words(periods) == "unrecorded, operating, unrecorded");
  CHECK(periods[1].from == day("2022-04-01"));
  CHECK(periods[2].from == day("2022-05-01"));
}

TEST_CASE("the status history by position tells which events of the log changed a view") {
  History history;
  history.actual("described", "", "2022-04-01");
  history.actual("opened", "2022-03-01", "2022-04-01");
  history.actual("visited", "2022-03-02", "2022-04-01");
  const auto periods = status_history_at(history.rows(), day("2022-12-31"), kOpenFuture);
  CHECK(words(periods) == "unrecorded, operating");
  CHECK(periods[1].from == Position{20});
}

TEST_CASE("on the second day that two vague events share they may have come in either order") {
  History history;
  history.actual("suspended", "2022-03", "2024-01-01");
  history.actual("resumed", "2022-03", "2024-01-01");
  const auto periods = status_history_as_of(history.rows(), kOpenFuture, kNewest);
  REQUIRE(periods.size() >= 2);
  CHECK(at(periods, day("2022-03-31")).possible == set_of({Status::unrecorded, Status::suspended}));
}

TEST_CASE("the status history by day gives every day's status, for random histories") {
  for_random_histories(1'000, [](Rows rows, const Vantage& vantage) { check_days(rows, vantage); });
}

TEST_CASE("the status history by knowledge gives every day's status, for random histories") {
  for_random_histories(1'000,
                       [](Rows rows, const Vantage& vantage) { check_knowledge(rows, vantage); });
}

TEST_CASE("the status history by position gives every position's status, for random histories") {
  for_random_histories(1'000,
                       [](Rows rows, const Vantage& vantage) { check_positions(rows, vantage); });
}

TEST_CASE("the status history of very many precise events is one walk") {
  RandomHistory random(base_seed());
  std::vector<Row> rows = random.long_history(100'000);
  for (Row& row : rows) row.earliest = row.latest;
  check_form(status_history_as_of(rows, kOpenFuture, kNewest), kOpenPast);
}
