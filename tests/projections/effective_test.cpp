#include "projections/effective.hpp"

#include <doctest/doctest.h>

#include "events/event_type.hpp"
#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

Standing standing(const History& h, Revision revision, const Vantage& vantage = {}) {
  return effective(h.rows(), vantage).standing.at(revision.value - 1);
}

}  // namespace

TEST_CASE("an event is unseen until the day it became known, and counts from that day") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2021-03-10");
  CHECK(standing(h, opened, as_of("2022", "2021-03-09")) == Standing::unseen);
  CHECK(standing(h, opened, as_of("2022", "2021-03-10")) == Standing::effective);
}

TEST_CASE("an event is unseen before the position at which the log took it") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  CHECK(standing(h, opened, as_of("2022", Position{9})) == Standing::unseen);
  CHECK(standing(h, opened, as_of("2022", Position{10})) == Standing::effective);
}

TEST_CASE("a visible event is visible whether or not it had happened by then") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  CHECK(standing(h, opened, as_of("1999")) == Standing::effective);
}

TEST_CASE("a correction takes the place of what it corrects") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto second = h.actual("opened", "2020-06-01", "2021-01-01", first);
  CHECK(standing(h, first) == Standing::superseded);
  CHECK(standing(h, second) == Standing::effective);
  CHECK(effective(h.rows(), {}).superseded_by.at(0) == second);
}

TEST_CASE("a superseded event still counts where the correction was not yet known") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  h.actual("opened", "2020-06-01", "2021-01-01", first);
  CHECK(standing(h, first, as_of("2022", "2020-12-31")) == Standing::effective);
  CHECK(standing(h, first, as_of("2022", "2021-01-01")) == Standing::superseded);
}

TEST_CASE("a superseded event still counts where the correction was not yet recorded") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto second = h.actual("opened", "2020-06-01", "2020-06-01", first);
  CHECK(standing(h, first, as_of("2022", h.position(first))) == Standing::effective);
  CHECK(standing(h, first, as_of("2022", h.position(second))) == Standing::superseded);
}

TEST_CASE("when the superseding event is superseded itself, the first comes back") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto second = h.actual("opened", "2020-06-01", "2021-01-01", first);
  const auto third = h.retract(second, "2022-01-01");
  CHECK(standing(h, first) == Standing::effective);
  CHECK(standing(h, second) == Standing::superseded);
  CHECK(standing(h, third) == Standing::effective);
}

TEST_CASE("retracting a retraction of a retraction takes the event out again") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto no = h.retract(opened, "2021-01-01");
  const auto yes = h.retract(no, "2021-01-02");
  h.retract(yes, "2021-01-03");
  CHECK(standing(h, opened, as_of("2022", "2021-01-01")) == Standing::superseded);
  CHECK(standing(h, opened, as_of("2022", "2021-01-02")) == Standing::effective);
  CHECK(standing(h, opened, as_of("2022", "2021-01-03")) == Standing::superseded);
}

TEST_CASE("of two corrections of one event both count, and the newest is named") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto second = h.actual("opened", "2020-06-01", "2021-01-01", first);
  const auto third = h.actual("opened", "2020-07-01", "2021-02-01", first);
  CHECK(standing(h, second) == Standing::effective);
  CHECK(standing(h, third) == Standing::effective);
  CHECK(effective(h.rows(), {}).superseded_by.at(0) == third);
}

TEST_CASE("what had happened is in the order of the latest days, then of positions") {
  History h;
  h.actual("opened", "2022", "2023-01-01");                    // 31 December
  h.actual("announced", "2022-03", "2023-01-01");              // 31 March
  h.actual("agreement-signed", "2022-03-31", "2023-01-01");    // the same day
  h.actual("retired", "2023-01-01", "2023-01-01");             // later than asked
  h.plan("construction-started", "2022-01-01", "2021-01-01");  // a plan does not happen
  const auto order = happened(h.rows(), effective(h.rows(), {}), day("2022-12-31"));
  CHECK(order == std::vector<std::size_t>{1, 2, 0});
}

TEST_CASE("an event of an unknown type is kept, counts and can be superseded") {
  History h;
  const auto strange = h.actual("of-a-newer-program", "2020-05-01", "2020-05-01");
  CHECK(type_of_kind(h.rows()[0].kind()) == kUnknownType);
  CHECK(standing(h, strange) == Standing::effective);
  h.retract(strange, "2020-06-01");
  CHECK(standing(h, strange) == Standing::superseded);
}
