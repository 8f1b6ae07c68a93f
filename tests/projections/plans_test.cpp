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
  for (const Plan& plan : h.plans(as_of("2023-01-01"))) CHECK(plan.met_by.value == 0);
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

TEST_CASE("plans of unknown types are told apart by the names of these") {
  History h;
  const auto first = h.plan("of-a-newer-program", "2022", "2021-03-01");
  const auto second = h.plan("of-another-type", "2023", "2021-06-01");
  const auto met = h.actual("of-another-type", "2021-08-01", "2021-08-01");
  const auto all = h.plans(as_of("2022-06-01"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].state == PlanState::pending);
  CHECK(all[0].baseline == first);
  CHECK(all[1].baseline == second);
  CHECK(all[1].met_by == met);
}

TEST_CASE("a plan told in hindsight is met by what the same report tells as done") {
  History h;
  h.plan("construction-started", "2012-04-15", "2014-02-01");
  h.actual("construction-started", "2012-04-28", "2014-02-01");
  const Plan plan = plan_of(h, as_of("2014-02-01"));
  CHECK(plan.state == PlanState::met);
  CHECK(plan.slippage == Slippage{13, 13});
}

TEST_CASE("a plan told in hindsight is met by what became known before it") {
  History h;
  const auto done = h.actual("building-completed", "2012-04-28", "2012-05-01");
  h.plan("building-completed", "2012-04-15", "2014-02-01");
  CHECK(plan_of(h, as_of("2014-02-01")).met_by == done);
}

TEST_CASE("a plan whose target day is the day it became known is told in hindsight") {
  History h;
  h.plan("building-completed", "2014-02-01", "2014-02-01");
  h.actual("building-completed", "2014-01-20", "2014-02-01");
  CHECK(plan_of(h, as_of("2014-02-01")).slippage == Slippage{-12, -12});
  History ahead;
  ahead.plan("building-completed", "2014-02-02", "2014-02-01");
  ahead.actual("building-completed", "2014-01-20", "2014-02-01");
  CHECK(plan_of(ahead, as_of("2014-02-01")).state == PlanState::pending);
}

TEST_CASE("late news of what happens once meets a plan, early") {
  for (const std::string_view type : {"announced", "agreement-signed", "construction-started",
                                      "construction-completed", "production-started", "opened"}) {
    CAPTURE(type);
    History h;
    h.plan(type, "2024", "2023-08-01");
    const auto done = h.actual(type, "2023-05-10", "2024-08-01");
    const Plan plan = plan_of(h, as_of("2024-12-31"));
    CHECK(plan.met_by == done);
    CHECK(plan.slippage == Slippage{-601, -236});
  }
}

TEST_CASE("a plan for last year is met by late news of what happened in this one") {
  History h;
  h.plan("opened", "2022", "2023-08-01");
  h.actual("opened", "2023-05-10", "2024-08-01");
  CHECK(plan_of(h, as_of("2024-12-31")).slippage == Slippage{130, 494});
}

TEST_CASE("a plan that a later one of its key follows has moved, by the way to the newest") {
  History h;
  const auto first = h.plan("opened", "2023-06-30", "2021-03-01");
  const auto second = h.plan("opened", "2024-06-30", "2022-03-01");
  const auto third = h.plan("opened", "2025-06", "2023-03-01");
  auto all = h.plans(as_of("2022-12-31"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].state == PlanState::moved);
  CHECK(all[0].moved_to == second);
  CHECK(all[0].moved_by == Slippage{366, 366});
  CHECK(all[1].state == PlanState::pending);
  all = h.plans(as_of("2026-01-01"));
  REQUIRE(all.size() == 3);
  for (const Plan& plan : {all[0], all[1]}) {
    CHECK(plan.state == PlanState::moved);
    CHECK(plan.moved_to == third);
    CHECK(plan.moved_by == Slippage{702, 731});  // from the baseline
  }
  CHECK(all[2].state == PlanState::overdue);
  CHECK(all[2].baseline == first);
}

TEST_CASE("a plan that moved and was then carried out is met, with its own slippage") {
  History h;
  h.plan("opened", "2023-06-30", "2021-03-01");
  h.plan("opened", "2024-06-30", "2022-03-01");
  h.actual("opened", "2024-07-10", "2024-07-10");
  const auto all = h.plans(as_of("2024-12-31"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].state == PlanState::met);
  CHECK(all[0].slippage == Slippage{376, 376});
  CHECK(all[1].slippage == Slippage{10, 10});
}

TEST_CASE("a plan told again for the same date has moved by no day") {
  History h;
  h.plan("opened", "2025", "2021-03-01");
  h.plan("opened", "2025", "2022-03-01");
  CHECK(h.plans(as_of("2022-12-31"))[0].moved_by == Slippage{0, 0});
}

TEST_CASE("a plan has not moved once the plan that moved it is retracted") {
  History h;
  h.plan("opened", "2023-06-30", "2021-03-01");
  h.retract(h.plan("opened", "2024-06-30", "2022-03-01"), "2022-06-01");
  CHECK(h.plans(as_of("2022-12-31", "2022-05-31"))[0].state == PlanState::moved);
  CHECK(h.plans(as_of("2022-12-31"))[0].state == PlanState::pending);
  CHECK(h.plans(as_of("2022-12-31"))[1].state == PlanState::dropped);
}

TEST_CASE("the plans of a subject that was cancelled or retired lapse, until it is reinstated") {
  for (const std::string_view end : {"cancelled", "retired"}) {
    CAPTURE(end);
    History h;
    h.plan("opened", "2023-06-30", "2021-03-01");
    h.plan("visited", "", "2021-03-01");
    h.actual(end, "2023-01/2023-03", "2023-04-01");
    h.actual("reinstated", "2024-01-10", "2024-01-10");
    const auto states = [&](const char* day) {
      const auto all = h.plans(as_of(day));
      return std::vector{all.at(0).state, all.at(1).state};
    };
    CHECK(states("2023-03-30") == std::vector{PlanState::pending, PlanState::pending});
    CHECK(states("2023-03-31") == std::vector{PlanState::lapsed, PlanState::lapsed});
    CHECK(states("2024-01-09") == std::vector{PlanState::lapsed, PlanState::lapsed});
    CHECK(states("2024-01-10") == std::vector{PlanState::overdue, PlanState::pending});
  }
}

TEST_CASE("what was met before the subject ended stays met") {
  History h;
  h.plan("opened", "2023-06-30", "2021-03-01");
  h.actual("opened", "2023-06-10", "2023-06-10");
  h.actual("retired", "2025-01-01", "2025-01-01");
  CHECK(plan_of(h, as_of("2026-01-01")).state == PlanState::met);
}

TEST_CASE("a plan stays dropped where the retraction is told in better words") {
  History h;
  const auto plan = h.plan("opened", "2023-06", "2021-03-01");
  h.retract(plan, "2022-01-01");
  const auto reworded = h.retract(plan, "2022-02-01");
  CHECK(plan_of(h, as_of("2024-01-01")).state == PlanState::dropped);
  CHECK(plan_of(h, as_of("2024-01-01")).dropped_by == reworded);
}

TEST_CASE("a plan that was retracted and then superseded is dropped, whatever took its place") {
  History h;
  const auto plan = h.plan("opened", "2023-06", "2021-03-01");
  const auto retraction = h.retract(plan, "2022-01-01");
  const auto anew = h.plan("opened", "2025-06", "2022-06-01", plan);
  const auto all = h.plans(as_of("2024-01-01"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].revision == plan);
  CHECK(all[0].state == PlanState::dropped);
  CHECK(all[0].dropped_by == retraction);
  CHECK(all[1].revision == anew);
  CHECK(all[1].state == PlanState::pending);
}

TEST_CASE("a withdrawn correction of a plan is no plan of its own: the plan stands as it was") {
  History h;
  const auto plan = h.plan("opened", "2023-06", "2021-03-01");
  h.retract(h.plan("opened", "2024-06", "2021-05-01", plan), "2021-06-01");
  CHECK(plan_of(h, as_of("2022-01-01")).revision == plan);
  CHECK(plan_of(h, as_of("2022-01-01")).state == PlanState::pending);
}

namespace {

Event told(std::string_view type, const std::string& occurred, const std::string& known,
           std::string part = "", Modality modality = Modality::planned) {
  Event e = event("", std::string(type), occurred, known);
  e.modality = modality;
  e.part = std::move(part);
  return e;
}

}  // namespace

TEST_CASE("forecasts of several parts are as many plans, each met by its own part") {
  History h;
  for (const std::string part : {"share-50", "share-75", "share-100"})
    h.tell(told("building-completed", "2025", "2023-01-10", part));
  h.tell(told("building-completed", "2024-06-01", "2024-06-01", "share-75", Modality::actual));
  const auto all = h.plans(as_of("2024-12-31"));
  REQUIRE(all.size() == 3);
  for (const Plan& plan : all) CHECK(plan.baseline == plan.revision);
  CHECK(all[0].state == PlanState::pending);
  CHECK(all[1].state == PlanState::met);
  CHECK(all[2].state == PlanState::pending);
}

TEST_CASE("what has a part does not meet a plan of the whole, nor the other way round") {
  History h;
  h.tell(told("opened", "2025", "2023-01-10"));
  h.tell(told("opened", "2025", "2023-01-10", "phase-2"));
  h.tell(told("opened", "2024-06-01", "2024-06-01", "phase-1", Modality::actual));
  for (const Plan& plan : h.plans(as_of("2024-12-31"))) CHECK(plan.state == PlanState::pending);
}

TEST_CASE("an event meets the plans that it says it fulfils, of any key, and no others") {
  History h;
  const auto may = h.plan("meeting-held", "2024-05", "2024-01-10");      // e1
  const auto october = h.plan("meeting-held", "2024-10", "2024-01-10");  // e2
  const auto visit = h.plan("visited", "2024-12", "2024-01-10");         // e3
  Event held = told("meeting-held", "2024-11-02", "2024-11-02", "", Modality::actual);
  held.fulfils = {"e2", "e3"};
  const auto done = h.tell(held);
  const auto all = h.plans(as_of("2024-12-31"));
  REQUIRE(all.size() == 3);
  CHECK(all[0].revision == may);
  CHECK(all[0].state == PlanState::moved);
  CHECK(all[1].revision == october);
  CHECK(all[1].met_by == done);
  CHECK(all[2].revision == visit);
  CHECK(all[2].met_by == done);
}

TEST_CASE("an event that names a plan meets it rather than an earlier one that names none") {
  History h;
  h.plan("opened", "2024-05", "2024-01-10");
  h.actual("opened", "2024-04-01", "2024-04-01");
  Event named = told("opened", "2024-06-01", "2024-06-01", "", Modality::actual);
  named.fulfils = {"e1"};
  const auto done = h.tell(named);
  CHECK(plan_of(h, as_of("2024-05-15")).state == PlanState::pending);  // we know what will meet it
  CHECK(plan_of(h, as_of("2024-05-15", "2024-05-15")).state == PlanState::met);
  CHECK(plan_of(h, as_of("2024-06-30")).met_by == done);
}

TEST_CASE("an event that names what is not recorded meets nothing") {
  History h;
  h.plan("opened", "2024-05", "2024-01-10");
  Event named = told("opened", "2024-06-01", "2024-06-01", "", Modality::actual);
  named.fulfils = {"unheard-of"};
  h.tell(named);
  CHECK(plan_of(h, as_of("2024-12-31")).state == PlanState::overdue);
}

TEST_CASE("naming any version of a plan that was corrected means the one that counts") {
  for (const std::string named : {"e1", "e2", "e3"}) {
    CAPTURE(named);
    History h;
    const auto first = h.plan("visited", "2024-05", "2024-01-10");
    const auto second = h.plan("visited", "2024-06", "2024-01-20", first);
    const auto third = h.plan("visited", "2024-07", "2024-01-30", second);
    Event done = told("meeting-held", "2024-07-01", "2024-07-01", "", Modality::actual);
    done.fulfils = {named};
    h.tell(done);
    CHECK(plan_of(h, as_of("2024-12-31")).revision == third);
    CHECK(plan_of(h, as_of("2024-12-31")).state == PlanState::met);
    h.retract(third, "2024-08-01");
    CHECK(plan_of(h, as_of("2024-12-31")).revision == second);
    CHECK(plan_of(h, as_of("2024-12-31")).state == PlanState::met);
  }
}

TEST_CASE("an id means the event of the same source, and only without one that of another") {
  History h;
  Event ours = told("visited", "2024-05", "2024-01-10");
  ours.id = "p";
  Event theirs = told("meeting-held", "2024-05", "2024-01-10");
  theirs.id = "p";
  theirs.source = "urn:other";
  const auto own = h.tell(ours);
  const auto other = h.tell(theirs);
  const auto met = [&](const std::string& source) {
    History told_on = h;
    Event done = told("exhibition-held", "2024-06-01", "2024-06-01", "", Modality::actual);
    done.source = source;
    done.fulfils = {"p"};
    told_on.tell(done);
    std::vector<Revision> plans;
    for (const Plan& plan : told_on.plans(as_of("2024-12-31")))
      if (plan.state == PlanState::met) plans.push_back(plan.revision);
    return plans;
  };
  CHECK(met("urn:test") == std::vector{own});
  CHECK(met("urn:other") == std::vector{other});
  CHECK(met("urn:third") == std::vector{own, other});
}
