#include "projections/explain.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

std::string_view verdict(const History& h, Revision revision, const Vantage& vantage) {
  return name(h.evidence(revision, vantage).verdict);
}

}  // namespace

TEST_CASE("the event that brought the status decided it; others made no difference") {
  History h;
  const auto announced = h.actual("announced", "2019-01-01", "2019-01-01");
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto again = h.actual("production-started", "2020-06-01", "2020-06-01");
  CHECK(verdict(h, announced, as_of("2022")) == "no-difference");
  CHECK(verdict(h, opened, as_of("2022")) == "decided");
  CHECK(verdict(h, again, as_of("2022")) == "no-difference");
  CHECK(verdict(h, announced, as_of("2019")) == "decided");
}

TEST_CASE("evidence is rejected as not yet recorded, not yet known or not yet happened") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2021-03-10");
  CHECK(verdict(h, opened, as_of("2022", Position{9})) == "not-yet-recorded");
  CHECK(verdict(h, opened, as_of("2022", "2021-03-09")) == "not-yet-known");
  CHECK(verdict(h, opened, as_of("2020-04-30")) == "not-yet-happened");
  CHECK(verdict(h, opened, as_of("2020-05-01")) == "decided");
}

TEST_CASE("superseded evidence names what supersedes it") {
  History h;
  const auto wrong = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto retraction = h.retract(wrong, "2021-01-01");
  CHECK(verdict(h, wrong, as_of("2022")) == "superseded");
  CHECK(h.evidence(wrong, as_of("2022")).superseded_by == retraction);
  CHECK(verdict(h, retraction, as_of("2022")) == "no-effect");
}

TEST_CASE("what was corrected twice is superseded by the version that counts") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto better = h.actual("announced", "2020-05-01", "2020-06-01", mistake);
  const auto best = h.actual("agreement-signed", "2020-05-01", "2020-07-01", better);
  CHECK(verdict(h, mistake, as_of("2022")) == "superseded");
  CHECK(h.evidence(mistake, as_of("2022")).superseded_by == best);
  CHECK(h.evidence(better, as_of("2022")).superseded_by == best);
  CHECK(verdict(h, best, as_of("2022")) == "decided");
}

TEST_CASE("a retraction is no reason of a status, whatever day it gives") {
  History h;
  const auto wrong = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto retraction = h.actual("retracted", "2021-01-01", "2021-01-01", wrong);
  CHECK(verdict(h, wrong, as_of("2020")) == "superseded");
  CHECK(verdict(h, retraction, as_of("2020")) == "no-effect");
}

TEST_CASE("events of types without effect have none, known or unknown") {
  History h;
  const auto exhibition = h.actual("exhibition-held", "2020-05-01", "2020-05-01");
  const auto strange = h.actual("of-a-newer-program", "2020-05-01", "2020-05-01");
  CHECK(verdict(h, exhibition, as_of("2022")) == "no-effect");
  CHECK(verdict(h, strange, as_of("2022")) == "no-effect");
}

TEST_CASE("what may have happened is possible evidence, if it would have changed the status") {
  History h;
  const auto started = h.actual("construction-started", "2022-03", "2024-02-02");
  CHECK(verdict(h, started, as_of("2022-03-15")) == "possible");
  CHECK(verdict(h, started, as_of("2022-03-31")) == "decided");

  const auto opened = h.actual("opened", "2022-03-10", "2024-02-02");
  CHECK(verdict(h, opened, as_of("2022-03-15")) == "decided");
  CHECK(verdict(h, started, as_of("2022-03-15")) == "no-difference");
}

TEST_CASE("a plan decides a status from the day it became known") {
  History h;
  const auto plan = h.plan("opened", "2030", "2021-03-01");
  CHECK(verdict(h, plan, as_of("2021-02-28")) == "not-yet-happened");
  CHECK(verdict(h, plan, as_of("2021-03-01")) == "decided");
}

TEST_CASE("a covered stage and what uncovered it are both reasons") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto suspended = h.actual("suspended", "2021-01-01", "2021-01-01");
  const auto resumed = h.actual("resumed", "2022-01-01", "2022-01-01");
  CHECK(verdict(h, opened, as_of("2022-06-01")) == "decided");
  CHECK(verdict(h, suspended, as_of("2022-06-01")) == "no-difference");
  CHECK(verdict(h, resumed, as_of("2022-06-01")) == "decided");
  CHECK(verdict(h, opened, as_of("2021-06-01")) == "no-difference");
  CHECK(verdict(h, suspended, as_of("2021-06-01")) == "decided");
}

TEST_CASE("the last news is the newest that was known by the day of the question") {
  History h;
  CHECK(explain(h.rows(), as_of("2022")).last_news == kOpenPast);
  h.actual("opened", "2020-05-01", "2020-06-01");
  h.actual("exhibition-held", "2020-05-01", "2021-03-10");
  CHECK(explain(h.rows(), as_of("2022")).last_news == day("2021-03-10"));
  CHECK(explain(h.rows(), as_of("2020")).last_news == day("2020-06-01"));
  CHECK(explain(h.rows(), as_of("2022", "2020")).last_news == day("2020-06-01"));
}
