#include "projections/status.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("a park of which nothing is recorded is unrecorded, certainly and for no reason") {
  const StatusAt at = History().at(as_of("2022-01-01"));
  CHECK(at.status == Status::unrecorded);
  CHECK(at.certain());
  CHECK(at.because.empty());
  CHECK(at.rule == Rule::nothing_recorded);
  CHECK(at.since == Bounds{});
}

TEST_CASE("every type of event has the effect that the table of types gives it") {
  struct Expected {
    std::string_view type;
    Status status;
  };
  const std::vector<Expected> table = {
      {"described", Status::unrecorded},
      {"announced", Status::announced},
      {"agreement-signed", Status::agreed},
      {"construction-started", Status::under_construction},
      {"building-completed", Status::under_construction},
      {"utilities-connected", Status::under_construction},
      {"landscaped", Status::under_construction},
      {"construction-completed", Status::completed},
      {"production-started", Status::operating},
      {"opened", Status::operating},
      {"suspended", Status::suspended},
      {"resumed", Status::unrecorded},
      {"cancelled", Status::cancelled},
      {"retired", Status::retired},
      {"reinstated", Status::unrecorded},
      {"residents-reported", Status::announced},
      {"investment-reported", Status::announced},
      {"operator-engaged", Status::announced},
      {"meeting-held", Status::announced},
      {"visited", Status::announced},
      {"exhibition-held", Status::unrecorded},
      {"indicator-reported", Status::unrecorded},
      {"retracted", Status::unrecorded},
      {"delisted", Status::unrecorded},
      {"imported", Status::unrecorded},
      {"of-a-newer-program", Status::unrecorded},
  };
  CHECK(table.size() == kEventTypes.size() + 1);
  for (const Expected& expected : table) {
    CAPTURE(expected.type);
    History h;
    h.actual(expected.type, "2020-01-01", "2020-01-01");
    CHECK(name(h.status(as_of("2020-01-01"))) == name(expected.status));
    CHECK(h.status(as_of("2019-12-31")) == Status::unrecorded);
  }
}

TEST_CASE("a milestone brings its status on its day, not before") {
  History h;
  h.actual("announced", "2020-01-10", "2020-01-10");
  h.actual("opened", "2022-05-01", "2022-05-01");
  CHECK(h.status(as_of("2020-01-09")) == Status::unrecorded);
  CHECK(h.status(as_of("2022-04-30")) == Status::announced);
  CHECK(h.status(as_of("2022-05-01")) == Status::operating);
  CHECK(h.at(as_of("2022-05-01")).rule == Rule::milestone);
  CHECK(h.at(as_of("2022-05-01")).since == Bounds{day("2022-05-01"), day("2022-05-01")});
}

TEST_CASE("a late, vague announcement does not undo an opening") {
  History h;
  h.actual("opened", "2020-05-01", "2020-05-01");
  h.actual("announced", "2018/2021", "2022-01-01");
  const StatusAt at = h.at(as_of("2022-01-01"));
  CHECK(at.status == Status::operating);
  CHECK(at.certain());
  CHECK(at.because == std::vector{Revision{1}});
}

TEST_CASE("buildings do not complete a park") {
  History h;
  h.actual("building-completed", "2020-05-01", "2020-05-01");
  CHECK(h.status(as_of("2020-06-01")) == Status::under_construction);
  h.actual("construction-completed", "2021-05-01", "2021-05-01");
  h.actual("building-completed", "2022-05-01", "2022-05-01");
  CHECK(h.status(as_of("2022-06-01")) == Status::completed);
}

TEST_CASE("suspended covers the stage, and resumed uncovers it") {
  History h;
  h.actual("construction-started", "2020-01-01", "2020-01-01");
  const auto suspended = h.actual("suspended", "2021-01-01", "2021-01-01");
  const auto resumed = h.actual("resumed", "2022-01-01", "2022-01-01");
  CHECK(h.status(as_of("2021-06-01")) == Status::suspended);
  CHECK(h.at(as_of("2021-06-01")).because == std::vector{suspended});
  CHECK(h.status(as_of("2022-06-01")) == Status::under_construction);
  CHECK(h.at(as_of("2022-06-01")).rule == Rule::resumed);
  CHECK(h.at(as_of("2022-06-01")).because == std::vector{Revision{1}, resumed});
}

TEST_CASE("a milestone of a higher stage lifts a suspension") {
  History h;
  h.actual("construction-started", "2020-01-01", "2020-01-01");
  h.actual("suspended", "2021-01-01", "2021-01-01");
  h.actual("opened", "2022-01-01", "2022-01-01");
  CHECK(h.status(as_of("2022-01-01")) == Status::operating);
}

TEST_CASE("a milestone of an equal or lower stage does not lift a suspension") {
  History h;
  h.actual("construction-started", "2020-01-01", "2020-01-01");
  h.actual("suspended", "2021-01-01", "2021-01-01");
  h.actual("landscaped", "2022-01-01", "2022-01-01");  // equal
  h.actual("visited", "2022-02-01", "2022-02-01");     // lower
  CHECK(h.status(as_of("2022-03-01")) == Status::suspended);
}

TEST_CASE("resumed without a suspension changes nothing") {
  History h;
  h.actual("opened", "2020-01-01", "2020-01-01");
  h.actual("resumed", "2021-01-01", "2021-01-01");
  CHECK(h.status(as_of("2021-01-01")) == Status::operating);
  CHECK(h.at(as_of("2021-01-01")).because == std::vector{Revision{1}});
}

TEST_CASE("cancelled and retired end a park: no milestone, suspension or resumption shows") {
  for (const std::string_view end : {"cancelled", "retired"}) {
    CAPTURE(end);
    History h;
    h.actual("agreement-signed", "2020-01-01", "2020-01-01");
    h.actual(end, "2021-01-01", "2021-01-01");
    h.actual("opened", "2022-01-01", "2022-01-01");
    h.actual("suspended", "2022-02-01", "2022-02-01");
    h.actual("resumed", "2022-03-01", "2022-03-01");
    CHECK(name(h.status(as_of("2023-01-01"))) == end);
  }
}

TEST_CASE("only reinstated reopens an ended park, at the stage it had") {
  for (const std::string_view end : {"cancelled", "retired"}) {
    CAPTURE(end);
    History h;
    h.actual("agreement-signed", "2020-01-01", "2020-01-01");
    h.actual(end, "2021-01-01", "2021-01-01");
    h.actual("opened", "2022-01-01", "2022-01-01");  // while it was ended
    const auto reinstated = h.actual("reinstated", "2023-01-01", "2023-01-01");
    const StatusAt at = h.at(as_of("2023-01-01"));
    CHECK(at.status == Status::agreed);
    CHECK(at.rule == Rule::reinstated);
    CHECK(at.because == std::vector{Revision{1}, reinstated});
    h.actual("opened", "2024-01-01", "2024-01-01");
    CHECK(h.status(as_of("2024-01-01")) == Status::operating);
  }
}

TEST_CASE("a park that was suspended before it ended is reinstated uncovered") {
  History h;
  h.actual("agreement-signed", "2020-01-01", "2020-01-01");
  h.actual("suspended", "2020-06-01", "2020-06-01");
  h.actual("cancelled", "2021-01-01", "2021-01-01");
  h.actual("reinstated", "2022-01-01", "2022-01-01");
  CHECK(h.status(as_of("2022-01-01")) == Status::agreed);
}

TEST_CASE("reinstated does not lift a suspension") {
  History h;
  h.actual("suspended", "2021-01-01", "2021-01-01");
  h.actual("reinstated", "2022-01-01", "2022-01-01");
  CHECK(h.status(as_of("2022-01-01")) == Status::suspended);
}

TEST_CASE("a plan puts a park at announced from the day it became known, whatever its target") {
  History h;
  const auto plan = h.plan("opened", "2030", "2021-03-01");
  CHECK(h.status(as_of("2021-02-28")) == Status::unrecorded);
  const StatusAt at = h.at(as_of("2021-03-01"));
  CHECK(at.status == Status::announced);
  CHECK(at.certain());
  CHECK(at.rule == Rule::plan);
  CHECK(at.because == std::vector{plan});
  CHECK(h.status(as_of("2035-01-01")) == Status::announced);
}

TEST_CASE("a vague milestone that could change nothing is no cause of uncertainty") {
  History h;
  h.actual("opened", "2019-01-01", "2019-01-01");
  const auto suspended = h.actual("suspended", "2021", "2021-12-31");
  h.actual("opened", "2021", "2021-12-31");  // again, on whatever day: no milestone any more
  const StatusAt at = h.at(as_of("2021-06-01"));
  CHECK_FALSE(at.certain());
  CHECK(at.because == std::vector{Revision{1}, suspended});
}

TEST_CASE("a plan to suspend, cancel or retire does not do it") {
  History h;
  h.actual("opened", "2020-01-01", "2020-01-01");
  h.plan("suspended", "2021", "2020-06-01");
  h.plan("retired", "2022", "2020-06-01");
  CHECK(h.status(as_of("2023-01-01")) == Status::operating);
}

TEST_CASE("a plan that was retracted leaves a park where it was") {
  History h;
  h.retract(h.plan("opened", "2030", "2021-03-01"), "2022-01-01");
  CHECK(h.status(as_of("2023-01-01", "2021-12-31")) == Status::announced);
  CHECK(h.status(as_of("2023-01-01")) == Status::unrecorded);
}

TEST_CASE("events of one day take effect in the order of their positions") {
  History h;
  h.actual("suspended", "2020-01-01", "2020-01-01");
  h.actual("resumed", "2020-01-01", "2020-01-01");
  h.actual("cancelled", "2020-01-02", "2020-01-02");
  h.actual("reinstated", "2020-01-02", "2020-01-02");
  h.actual("retired", "2020-01-02", "2020-01-02");
  CHECK(h.status(as_of("2020-01-01")) == Status::unrecorded);
  CHECK(h.status(as_of("2020-01-02")) == Status::retired);
}

TEST_CASE("what was published later is not known before, although it had happened") {
  History h;
  h.actual("opened", "2020-05-01", "2021-03-10");
  CHECK(h.status(as_of("2020-12-31", "2020-12-31")) == Status::unrecorded);
  CHECK(h.status(as_of("2020-12-31", "2021-03-10")) == Status::operating);
}

TEST_CASE("a correction is unseen as of an earlier recording") {
  History h;
  const auto before = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto after = h.actual("opened", "2020-06-01", "2020-06-01", before);
  CHECK(h.status(as_of("2020-05-15", h.position(before))) == Status::operating);
  CHECK(h.status(as_of("2020-05-15", h.position(after))) == Status::unrecorded);
}

TEST_CASE("an actual event that gives no date happened not later than it became known") {
  History h;
  h.actual("opened", "", "2021-03-10");
  CHECK(h.status(as_of("2021-03-10")) == Status::operating);
  CHECK(h.at(as_of("2021-03-10")).certain());
  CHECK(h.status(as_of("2021-03-09")) == Status::unrecorded);
  CHECK_FALSE(h.at(as_of("2021-03-09")).certain());
}

TEST_CASE("nothing can have happened after it was reported") {
  History h;
  h.actual("opened", "2021", "2021-03-10");  // the year is cut at the report
  CHECK(h.status(as_of("2021-03-10")) == Status::operating);
}
