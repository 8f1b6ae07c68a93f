#include "projections/diff.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// The only event that differs.
EventChange only(const History& h, const Vantage& from, const Vantage& to) {
  const SubjectDiff difference = diff(h.rows(), h.keys(), from, to);
  REQUIRE(difference.events.size() == 1);
  return difference.events.front();
}

}  // namespace

TEST_CASE("between a vantage and itself nothing differs") {
  History h;
  h.retract(h.actual("opened", "2020-05", "2020-06-01"), "2021-01-01");
  CHECK(diff(h.rows(), h.keys(), as_of("2020-05-15"), as_of("2020-05-15")).empty());
}

TEST_CASE("what was published between two vantages became known") {
  History h;
  h.actual("opened", "2020-05-01", "2021-03-10");
  const Vantage before = as_of("2022", "2021-03-09");
  const Vantage after = as_of("2022", "2021-03-10");
  CHECK(only(h, before, after).change == Change::became_known);
  CHECK(only(h, after, before).change == Change::unknown);
  const SubjectDiff difference = diff(h.rows(), h.keys(), before, after);
  CHECK(difference.before.status == Status::unrecorded);
  CHECK(difference.after.status == Status::operating);
  CHECK_FALSE(difference.empty());
}

TEST_CASE("what was recorded between two vantages became known") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  CHECK(only(h, as_of("2022", Position{0}), as_of("2022", h.position(opened))).change ==
        Change::became_known);
}

TEST_CASE("what had happened for certain only by the second vantage happened between them") {
  History h;
  h.actual("opened", "2020-05", "2021-03-10");
  CHECK(only(h, as_of("2020-05-30"), as_of("2020-05-31")).change == Change::happened);
  CHECK(only(h, as_of("2020-05-31"), as_of("2020-05-30")).change == Change::not_happened);
}

TEST_CASE("an event that only becomes possible changes the possible statuses, and is no change") {
  History h;
  h.actual("opened", "2020-05", "2021-03-10");
  const SubjectDiff difference = diff(h.rows(), h.keys(), as_of("2020-04-30"), as_of("2020-05-10"));
  CHECK(difference.events.empty());
  CHECK(difference.before.certain());
  CHECK_FALSE(difference.after.certain());
  CHECK_FALSE(difference.empty());
}

TEST_CASE("a corrected event names its correction, which became known") {
  History h;
  const auto wrong = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto right = h.actual("opened", "2020-06-01", "2021-01-01", wrong);
  const auto changes = diff(h.rows(), h.keys(), as_of("2022", "2020"), as_of("2022")).events;
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].revision == wrong);
  CHECK(changes[0].change == Change::corrected);
  CHECK(changes[0].superseded_by == right);
  CHECK(changes[1].revision == right);
  CHECK(changes[1].change == Change::became_known);
}

TEST_CASE("an event comes back when its retraction is retracted") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto retraction = h.retract(opened, "2021-01-01");
  h.retract(retraction, "2022-01-01");
  const auto changes = diff(h.rows(), h.keys(), as_of("2023", "2021"), as_of("2023")).events;
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].change == Change::reinstated);
  CHECK(changes[1].change == Change::corrected);
  CHECK(changes[2].change == Change::became_known);
}

TEST_CASE("a correction of a correction brings no mistake back") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto better = h.actual("announced", "2020-05-01", "2020-06-01", mistake);
  const auto best = h.actual("agreement-signed", "2020-05-01", "2021-01-01", better);
  const auto changes = diff(h.rows(), h.keys(), as_of("2022", "2020"), as_of("2022")).events;
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].revision == better);
  CHECK(changes[0].change == Change::corrected);
  CHECK(changes[0].superseded_by == best);
  CHECK(changes[1].revision == best);
  CHECK(changes[1].change == Change::became_known);
}

TEST_CASE("a plan that was made between two days became known") {
  History h;
  const auto plan = h.plan("opened", "2023-06", "2021-03-01");
  const EventChange change = only(h, as_of("2021-02-28"), as_of("2021-03-01"));
  CHECK(change.revision == plan);
  CHECK(change.change == Change::became_known);
  CHECK(only(h, as_of("2021-03-01"), as_of("2021-02-28")).change == Change::unknown);
}

TEST_CASE("a plan in another state is shown with the state before") {
  History h;
  h.plan("opened", "2023-06", "2021-03-01");
  const SubjectDiff overdue = diff(h.rows(), h.keys(), as_of("2023-06-30"), as_of("2023-07-01"));
  REQUIRE(overdue.plans.size() == 1);
  CHECK(overdue.plans[0].before == PlanState::pending);
  CHECK(overdue.plans[0].plan.state == PlanState::overdue);
  CHECK(overdue.events.empty());
  CHECK_FALSE(overdue.empty());

  h.actual("opened", "2023-08-01", "2023-08-01");
  const SubjectDiff met = diff(h.rows(), h.keys(), as_of("2023-07-01"), as_of("2023-08-01"));
  REQUIRE(met.plans.size() == 1);
  CHECK(met.plans[0].before == PlanState::overdue);
  CHECK(met.plans[0].plan.state == PlanState::met);
}

TEST_CASE("a plan that is retracted between two vantages is dropped") {
  History h;
  h.retract(h.plan("opened", "2023-06", "2021-03-01"), "2022-01-01");
  const SubjectDiff difference = diff(h.rows(), h.keys(), as_of("2022", "2021"), as_of("2022"));
  REQUIRE(difference.plans.size() == 1);
  CHECK(difference.plans[0].plan.state == PlanState::dropped);
  REQUIRE(difference.events.size() == 2);
  CHECK(difference.events[0].change == Change::corrected);
}
