#include "projections/plans.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// The only plan of a history.
Plan plan_of(const History& h, const Vantage& vantage) {
  const auto all = h.plans(vantage);
  REQUIRE(all.size() == 1);
  return all.front();
}

}  // namespace

TEST_CASE("a plan is there from the day it became known") {
  History h;
  const auto plan = h.plan("opened", "2023-06", "2021-03-01");
  CHECK(h.plans(as_of("2021-02-28")).empty());
  CHECK(h.plans(as_of("2023-01-01", "2021-02-28")).empty());
  CHECK(h.plans(as_of("2021-03-01")).size() == 1);
  CHECK(plan_of(h, as_of("2021-03-01")).revision == plan);
  CHECK(plan_of(h, as_of("2021-03-01")).target == Bounds{day("2023-06-01"), day("2023-06-30")});
}

TEST_CASE("a plan is pending through its latest target day, and overdue from the next") {
  History h;
  h.plan("opened", "2023-06", "2021-03-01");
  CHECK(plan_of(h, as_of("2023-06-30")).state == PlanState::pending);
  CHECK(plan_of(h, as_of("2023-07-01")).state == PlanState::overdue);
}

TEST_CASE("a plan without a target, or with an open one, is never overdue") {
  for (const std::string_view target : {"", "2023/.."}) {
    CAPTURE(target);
    History h;
    h.plan("opened", target, "2021-03-01");
    CHECK(plan_of(h, as_of("2999-01-01")).state == PlanState::pending);
  }
}

TEST_CASE("a plan is met by an actual event of its type, with the slippage as an interval") {
  History h;
  h.plan("opened", "2023-06", "2021-03-01");
  const auto opened = h.actual("opened", "2023-07-10/2023-07-12", "2023-07-12");
  CHECK(plan_of(h, as_of("2023-07-11")).state == PlanState::overdue);  // not certainly yet
  const Plan met = plan_of(h, as_of("2023-07-12"));
  CHECK(met.state == PlanState::met);
  CHECK(met.met_by == opened);
  CHECK(met.actual == Bounds{day("2023-07-10"), day("2023-07-12")});
  CHECK(met.slippage == Slippage{10, 41});  // 30 June to 10 July; 1 June to 12 July
}

TEST_CASE("slippage is negative where the actual was early") {
  History h;
  h.plan("opened", "2023-06-30", "2021-03-01");
  h.actual("opened", "2023-06-20", "2023-06-20");
  CHECK(plan_of(h, as_of("2024-01-01")).slippage == Slippage{-10, -10});
}

TEST_CASE("slippage has no number at an end that is open") {
  History h;
  h.plan("opened", "", "2021-03-01");
  h.actual("opened", "2023-06-20", "2023-06-20");
  CHECK(plan_of(h, as_of("2024-01-01")).slippage == Slippage{});

  History vague;
  vague.plan("opened", "2023-06-01", "2021-03-01");
  vague.actual("opened", "", "2023-06-20");
  CHECK(plan_of(vague, as_of("2024-01-01")).slippage == Slippage{std::nullopt, 19});
}

TEST_CASE("a plan is not met by another type, or by a plan") {
  History h;
  h.plan("opened", "2023-06", "2021-03-01");
  h.actual("production-started", "2022-06-01", "2022-06-01");
  h.plan("opened", "2023-07", "2022-03-01");
  for (const Plan& plan : h.plans(as_of("2023-01-01"))) CHECK(plan.state == PlanState::pending);
}

TEST_CASE("a plan is not met by what had happened before the plan became known") {
  History h;
  h.plan("building-completed", "2023-06", "2021-03-01");
  h.actual("building-completed", "2021-02-28", "2021-05-01");
  CHECK(plan_of(h, as_of("2022-01-01")).state == PlanState::pending);
  h.actual("building-completed", "2021-02-28/2021-03-01", "2021-05-01");  // perhaps on the day
  CHECK(plan_of(h, as_of("2022-01-01")).state == PlanState::met);
}

TEST_CASE("a plan is not met by what the same source reports as done") {
  History h;
  h.plan("building-completed", "2023-06", "2021-03-01");
  h.actual("building-completed", "2021-03-01", "2021-03-01");
  CHECK(plan_of(h, as_of("2022-01-01")).state == PlanState::pending);
}

TEST_CASE("the first actual event by latest day meets a plan, whatever was recorded first") {
  History h;
  h.plan("opened", "2023-06", "2021-03-01");
  h.actual("opened", "2023-09-01", "2023-09-01");
  const auto first = h.actual("opened", "2023-08-01", "2023-10-01");
  CHECK(plan_of(h, as_of("2024-01-01")).met_by == first);
}

TEST_CASE("a plan is open again once the event that met it is retracted") {
  History h;
  h.plan("opened", "2023-06", "2021-03-01");
  const auto opened = h.actual("opened", "2023-06-10", "2023-06-10");
  h.retract(opened, "2023-08-01");
  CHECK(plan_of(h, as_of("2023-07-15", "2023-07-15")).state == PlanState::met);
  CHECK(plan_of(h, as_of("2023-09-01")).state == PlanState::overdue);
}

TEST_CASE("a retracted plan is dropped, and names the retraction") {
  History h;
  const auto plan = h.plan("opened", "2023-06", "2021-03-01");
  const auto retraction = h.retract(plan, "2022-01-01");
  CHECK(plan_of(h, as_of("2024-01-01", "2021-12-31")).state == PlanState::overdue);
  CHECK(plan_of(h, as_of("2024-01-01")).state == PlanState::dropped);
  CHECK(plan_of(h, as_of("2024-01-01")).dropped_by == retraction);
}

TEST_CASE("a corrected plan gives way to its correction") {
  History h;
  const auto wrong = h.plan("opened", "2023-06", "2021-03-01");
  const auto right = h.plan("opened", "2023-07", "2021-03-05", wrong);
  CHECK(plan_of(h, as_of("2022-01-01")).revision == right);
  CHECK(plan_of(h, as_of("2022-01-01")).baseline == right);
  CHECK(plan_of(h, as_of("2022-01-01", "2021-03-04")).revision == wrong);
}

TEST_CASE("a plan that two corrections moved stands once, as the last one tells it") {
  History h;
  const auto first = h.plan("opened", "2023-06", "2021-03-01");
  const auto second = h.plan("opened", "2023-07", "2021-03-05", first);
  const auto third = h.plan("opened", "2023-08", "2021-03-09", second);
  CHECK(plan_of(h, as_of("2022-01-01")).revision == third);
  CHECK(plan_of(h, as_of("2022-01-01")).baseline == third);
  CHECK(plan_of(h, as_of("2022-01-01", "2021-03-08")).revision == second);
  CHECK(plan_of(h, as_of("2022-01-01", "2021-03-04")).revision == first);
}

TEST_CASE("a plan whose retraction is corrected gives way to the correction") {
  History h;
  const auto plan = h.plan("opened", "2023-06", "2021-03-01");
  const auto retraction = h.retract(plan, "2021-04-01");
  const auto anew = h.plan("opened", "2024-06", "2021-05-01", retraction);
  CHECK(plan_of(h, as_of("2022-01-01", "2021-04-15")).state == PlanState::dropped);
  CHECK(plan_of(h, as_of("2022-01-01")).revision == anew);
  CHECK(plan_of(h, as_of("2022-01-01")).state == PlanState::pending);
}

TEST_CASE("later plans of a type are revisions of its baseline, the first that became known") {
  History h;
  const auto second = h.plan("opened", "2024", "2022-03-01");
  const auto first = h.plan("opened", "2023", "2021-03-01");
  const auto other = h.plan("construction-started", "2022", "2021-06-01");
  const auto opened = h.actual("opened", "2024-02-01", "2024-02-01");
  const auto all = h.plans(as_of("2025-01-01"));
  REQUIRE(all.size() == 3);
  CHECK(all[0].revision == first);
  CHECK(all[0].baseline == first);
  CHECK(all[0].met_by == opened);
  CHECK(all[1].revision == second);
  CHECK(all[1].baseline == first);
  CHECK(all[1].met_by == opened);
  CHECK(all[2].revision == other);
  CHECK(all[2].state == PlanState::overdue);
}

TEST_CASE("plans of unknown types are shown, but never met or taken for one another") {
  History h;
  const auto first = h.plan("of-a-newer-program", "2022", "2021-03-01");
  const auto second = h.plan("of-another-type", "2023", "2021-06-01");
  h.actual("of-a-third-type", "2021-08-01", "2021-08-01");
  const auto all = h.plans(as_of("2022-06-01"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].state == PlanState::pending);
  CHECK(all[0].baseline == first);
  CHECK(all[1].baseline == second);
}
