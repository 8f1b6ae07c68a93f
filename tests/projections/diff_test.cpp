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

TEST_CASE("an event and its correction are one piece of news, with what it was") {
  History h;
  const auto wrong = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto right = h.actual("opened", "2020-06-01", "2021-01-01", wrong);
  const EventChange forth = only(h, as_of("2022", "2020"), as_of("2022"));
  CHECK(forth == EventChange{right, Change::corrected, wrong, {}});
  const EventChange back = only(h, as_of("2022"), as_of("2022", "2020"));
  CHECK(back == EventChange{wrong, Change::reinstated, right, {}});
}

TEST_CASE("a chain of corrections is one piece of news, from the first version to the last") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto second = h.actual("announced", "2020-05-01", "2020-06-01", first);
  const auto third = h.actual("agreement-signed", "2020-05-01", "2021-01-01", second);
  CHECK(only(h, as_of("2022", "2020-05"), as_of("2022")) ==
        EventChange{third, Change::corrected, first, {}});
  CHECK(only(h, as_of("2022", "2020"), as_of("2022")) ==
        EventChange{third, Change::corrected, second, {}});
  // None of it was known before: the last version is all there is to tell.
  CHECK(only(h, as_of("2022", "2019"), as_of("2022")) ==
        EventChange{third, Change::became_known, {}, {}});
}

TEST_CASE("an event and its retraction are one piece of news") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto retraction = h.retract(opened, "2021-01-01");
  CHECK(only(h, as_of("2022", "2020"), as_of("2022")) ==
        EventChange{opened, Change::retracted, {}, retraction});
  CHECK(only(h, as_of("2022"), as_of("2022", "2020")) ==
        EventChange{opened, Change::reinstated, {}, {}});
}

TEST_CASE("an event that was recorded and retracted between the vantages is told as such") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto retraction = h.retract(opened, "2021-01-01");
  CHECK(only(h, as_of("2022", "2019"), as_of("2022")) ==
        EventChange{opened, Change::recorded_and_retracted, {}, retraction});
  CHECK(diff(h.rows(), h.keys(), as_of("2022"), as_of("2022", "2019")).empty());
}

TEST_CASE("an event comes back when its retraction is retracted") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto retraction = h.retract(opened, "2021-01-01");
  const auto back = h.retract(retraction, "2022-01-01");
  CHECK(only(h, as_of("2023", "2021"), as_of("2023")) ==
        EventChange{opened, Change::reinstated, {}, back});
  CHECK(diff(h.rows(), h.keys(), as_of("2023", "2020"), as_of("2023")).events.size() == 1);
}

TEST_CASE("what a correction had replaced comes back in its place when it is retracted") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto correction = h.actual("announced", "2020-05-01", "2020-06-01", opened);
  const auto retraction = h.retract(correction, "2021-01-01");
  CHECK(only(h, as_of("2022", "2020"), as_of("2022")) ==
        EventChange{opened, Change::reinstated, correction, retraction});
}

TEST_CASE("a retraction that a correction supersedes was corrected: the fact is told anew") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto retraction = h.retract(opened, "2021-01-01");
  const auto anew = h.actual("announced", "2020-05-01", "2022-01-01", retraction);
  CHECK(only(h, as_of("2023", "2021"), as_of("2023")) ==
        EventChange{anew, Change::corrected, retraction, {}});
  CHECK(only(h, as_of("2023", "2020"), as_of("2023")) ==
        EventChange{anew, Change::corrected, opened, {}});
  CHECK(h.evidence(opened, as_of("2023")).superseded_by == anew);
  CHECK(h.evidence(retraction, as_of("2023")).verdict == Verdict::superseded);
}

TEST_CASE("a retraction that is told again in better words is a piece of news of its own") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  h.retract(opened, "2021-01-01");
  const auto again = h.retract(opened, "2022-01-01");
  CHECK(only(h, as_of("2023", "2021"), as_of("2023")) ==
        EventChange{again, Change::became_known, {}, {}});
}

TEST_CASE("what cannot have happened by the day of both vantages is not told") {
  History h;
  const auto opened = h.actual("opened", "2023-06", "2023-07-01");
  const auto side = [](const std::string& day, const std::string& known) {
    return as_of(day, known);
  };
  CHECK(diff(h.rows(), h.keys(), side("2023-05-01", "2022"), side("2023-05-01", "2024")).empty());
  CHECK(diff(h.rows(), h.keys(), side("2023-05-01", "2024"), side("2023-05-01", "2022")).empty());
  // From the first of its days on it can have happened, and is news.
  CHECK(only(h, side("2023-06-01", "2022"), side("2023-06-01", "2024")).change ==
        Change::became_known);
  CHECK(only(h, side("2023-05-01", "2022"), side("2023-06-01", "2024")).change ==
        Change::became_known);
  CHECK(diff(h.rows(), h.keys(), side("2023-06-30", "2022"), side("2023-05-01", "2024")).empty());
  const auto retraction = h.retract(opened, "2025-01-01");
  CHECK(diff(h.rows(), h.keys(), side("2023-05-01", "2024"), side("2023-05-01", "2025")).empty());
  CHECK(diff(h.rows(), h.keys(), side("2023-05-01", "2022"), side("2023-05-01", "2025")).empty());
  CHECK(only(h, side("2023-06-01", "2024"), side("2023-05-01", "2025")) ==
        EventChange{opened, Change::retracted, {}, retraction});
}

TEST_CASE("an event that is moved to after the day is marked as not yet happened") {
  History h;
  const auto wrong = h.actual("opened", "2023-04-01", "2023-04-01");
  const auto right = h.actual("opened", "2023-09-01", "2023-10-01", wrong);
  const EventChange later = only(h, as_of("2023-05-01", "2023-05"), as_of("2023-05-01"));
  CHECK(later == EventChange{right, Change::corrected, wrong, {}, /*ahead=*/true});
  const EventChange now = only(h, as_of("2023-09-01", "2023-05"), as_of("2023-09-01"));
  CHECK_FALSE(now.ahead);
  CHECK(diff(h.rows(), h.keys(), as_of("2023-03-01", "2023-05"), as_of("2023-03-01")).empty());
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
  REQUIRE(difference.events.size() == 1);
  CHECK(difference.events[0].change == Change::retracted);
}

TEST_CASE("a plan made after the day of both vantages is not told") {
  History h;
  const auto plan = h.plan("opened", "2025-06", "2023-06-01");
  CHECK(diff(h.rows(), h.keys(), as_of("2023-05-01", "2022"), as_of("2023-05-01")).empty());
  h.plan("opened", "2026-06", "2024-01-01", plan);
  CHECK(diff(h.rows(), h.keys(), as_of("2023-05-01", "2023"), as_of("2023-05-01")).empty());
}
