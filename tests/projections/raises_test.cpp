#include "projections/raises.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

std::vector<Step> steps_of(const History& history) {
  return steps(history.rows(), effective(history.rows(), Vantage{}));
}

}  // namespace

TEST_CASE("raises that may have happened can each be the only one that came in time") {
  History history;
  history.actual("announced", "2020-01-01", "2020-12-31");
  history.actual("construction-started", "2020", "2020-12-31");
  history.actual("opened", "2020-06", "2020-12-31");
  const auto steps = steps_of(history);
  CHECK(statuses_of_raises(steps, as_of("2019-12-31").as_of) == set_of({Status::unrecorded}));
  CHECK(statuses_of_raises(steps, as_of("2020-05-31").as_of) ==
        set_of({Status::announced, Status::under_construction}));
  CHECK(statuses_of_raises(steps, as_of("2020-06-15").as_of) ==
        set_of({Status::announced, Status::under_construction, Status::operating}));
  CHECK(statuses_of_raises(steps, as_of("2020-06-30").as_of) == set_of({Status::operating}));
}

TEST_CASE("a stage is assured from the last possible day of a raise that no end can precede") {
  History history;
  history.actual("opened", "2020-03", "2021-01-01");
  history.actual("visited", "2020-04", "2021-01-01");
  history.actual("visited", "2020-03-31", "2021-01-01");
  history.actual("cancelled", "2020-05", "2021-01-01");
  const auto steps = steps_of(history);
  const AssuredStages assured(steps);
  CHECK(assured.as_of(as_of("2020-03-30").as_of) == Stage::unrecorded);
  CHECK(assured.as_of(as_of("2020-03-31").as_of) == Stage::operating);
  CHECK(assured.as_of(kOpenFuture) == Stage::operating);
  CHECK(assured.make_redundant(steps[1]));
  CHECK_FALSE(assured.make_redundant(steps[2]));  // on that very day: it may come first
  CHECK_FALSE(assured.make_redundant(steps[3]));
}

TEST_CASE("a raise that an ended park may have ignored assures nothing") {
  History history;
  history.actual("cancelled", "2020-03-31", "2021-01-01");
  history.actual("opened", "2020-03", "2021-01-01");
  history.actual("visited", "2020-06", "2021-01-01");
  const auto steps = steps_of(history);
  const AssuredStages assured(steps);
  CHECK(assured.as_of(kOpenFuture) == Stage::unrecorded);
  CHECK_FALSE(assured.make_redundant(steps[2]));
}
