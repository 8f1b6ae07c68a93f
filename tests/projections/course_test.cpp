#include "projections/course.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/projections/history.hpp"
#include "tests/projections/random_history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

StatusAt status_of(Rows rows, const Vantage& vantage) {
  return status(steps(rows, effective(rows, vantage)), vantage.as_of);
}

template <class Point>
std::string words(const std::vector<Stretch<Point>>& course) {
  std::string result;
  for (const Stretch<Point>& stretch : course)
    result += (result.empty() ? "" : ", ") + std::string(name(stretch.status)) +
              (stretch.possible.count() > 1 ? "?" : "");
  return result;
}

/// What the course says of a point.
template <class Point>
const Stretch<Point>& at(const std::vector<Stretch<Point>>& course, Point point) {
  return *std::prev(std::ranges::upper_bound(course, point, {}, &Stretch<Point>::from));
}

template <class Point>
void check_form(const std::vector<Stretch<Point>>& course, Point first) {
  REQUIRE_FALSE(course.empty());
  CHECK(course.front().from == first);
  for (std::size_t i = 1; i < course.size(); ++i) {
    CHECK(course[i - 1].from < course[i].from);
    CHECK(
        (course[i - 1].status != course[i].status || course[i - 1].possible != course[i].possible));
  }
}

template <class Point>
void check_point(Rows rows, const std::vector<Stretch<Point>>& course, Point point,
                 const Vantage& vantage) {
  INFO(text(vantage));
  const StatusAt expected = status_of(rows, vantage);
  const Stretch<Point>& answer = at(course, point);
  CHECK(name(answer.status) == name(expected.status));
  CHECK(text(answer.possible) == text(expected.possible));
}

void check_days(Rows rows, Vantage vantage) {
  const auto course = course_as_of(rows, vantage.known_by, vantage.at);
  check_form(course, kOpenPast);
  for (const Day day : {kOpenPast, kOpenFuture}) {
    vantage.as_of = day;
    check_point(rows, course, day, vantage);
  }
  for (std::int32_t day = kFirstDay - 2; day < kFirstDay + kDays + 20; ++day) {
    vantage.as_of = Day{day};
    check_point(rows, course, Day{day}, vantage);
  }
}

void check_knowledge(Rows rows, Vantage vantage) {
  const auto course = course_known_by(rows, vantage.as_of, vantage.at);
  check_form(course, kOpenPast);
  for (std::int32_t day = kFirstDay - 2; day < kFirstDay + kDays + 40; ++day) {
    vantage.known_by = Day{day};
    check_point(rows, course, Day{day}, vantage);
  }
}

void check_positions(Rows rows, Vantage vantage) {
  const auto course = course_at(rows, vantage.as_of, vantage.known_by);
  check_form(course, Position{0});
  for (Position at; at <= rows.back().position().next(); at = at.next()) {
    vantage.at = at;
    check_point(rows, course, at, vantage);
  }
}

template <class Body>
void for_random_histories(std::uint64_t usual, Body body) {
  const std::uint64_t count = histories(usual);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    Random random(seed);
    const std::vector<Row> rows =
        random.chance(80) ? random.history() : random.long_history(random.between(1, 25));
    INFO("history:", text(rows));
    body(rows, random.edge_vantage(rows));
  }
}

}  // namespace

TEST_CASE("the course of a subject of which nothing is recorded is one stretch") {
  CHECK(words(course_as_of({}, kOpenFuture, kNewest)) == "unrecorded");
  CHECK(words(course_known_by({}, kOpenFuture, kNewest)) == "unrecorded");
  CHECK(words(course_at({}, kOpenFuture, kOpenFuture)) == "unrecorded");
}

TEST_CASE("the course by day of the question tells when a status was possible and when certain") {
  History history;
  history.actual("construction-started", "2022-03", "2024-01-01");
  history.actual("suspended", "2023-01-01", "2024-01-01");
  const auto course = course_as_of(history.rows(), kOpenFuture, kNewest);
  CHECK(words(course) == "unrecorded, unrecorded?, under-construction, suspended");
  CHECK(course[1].from == day("2022-03-01"));
  CHECK(course[2].from == day("2022-03-31"));
  CHECK(course[3].from == day("2023-01-01"));
}

TEST_CASE("the course by day of knowledge tells when a view of one day changed") {
  History history;
  const Revision wrong = history.actual("opened", "2022-03-01", "2022-04-01");
  history.retract(wrong, "2022-05-01");
  const auto course = course_known_by(history.rows(), day("2022-12-31"), kNewest);
  CHECK(words(course) == "unrecorded, operating, unrecorded");
  CHECK(course[1].from == day("2022-04-01"));
  CHECK(course[2].from == day("2022-05-01"));
}

TEST_CASE("the course by position tells which events of the log changed a view") {
  History history;
  history.actual("described", "", "2022-04-01");
  history.actual("opened", "2022-03-01", "2022-04-01");
  history.actual("visited", "2022-03-02", "2022-04-01");
  const auto course = course_at(history.rows(), day("2022-12-31"), kOpenFuture);
  CHECK(words(course) == "unrecorded, operating");
  CHECK(course[1].from == Position{20});
}

TEST_CASE("on the second day that two vague events share they may have come in either order") {
  History history;
  history.actual("suspended", "2022-03", "2024-01-01");
  history.actual("resumed", "2022-03", "2024-01-01");
  const auto course = course_as_of(history.rows(), kOpenFuture, kNewest);
  REQUIRE(course.size() >= 2);
  CHECK(at(course, day("2022-03-31")).possible == set_of({Status::unrecorded, Status::suspended}));
}

TEST_CASE("the course by day gives every day's status, for random histories") {
  for_random_histories(1'000, [](Rows rows, const Vantage& vantage) { check_days(rows, vantage); });
}

TEST_CASE("the course by knowledge gives every day's status, for random histories") {
  for_random_histories(1'000,
                       [](Rows rows, const Vantage& vantage) { check_knowledge(rows, vantage); });
}

TEST_CASE("the course by position gives every position's status, for random histories") {
  for_random_histories(1'000,
                       [](Rows rows, const Vantage& vantage) { check_positions(rows, vantage); });
}

TEST_CASE("the course of very many precise events is one walk") {
  Random random(base_seed());
  std::vector<Row> rows = random.long_history(100'000);
  for (Row& row : rows) row.earliest = row.latest;
  check_form(course_as_of(rows, kOpenFuture, kNewest), kOpenPast);
}
