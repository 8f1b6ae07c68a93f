#include "projections/possible.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

std::string possible(const History& h, const Vantage& vantage) {
  return text(h.at(vantage).possible);
}

std::string these(const std::vector<Status>& statuses) {
  return text(set_of(statuses));
}

}  // namespace

TEST_CASE("a vague milestone is possible from its first day and certain on its last") {
  History h;
  h.actual("construction-started", "2022-03", "2024-02-02");
  CHECK(possible(h, as_of("2022-02-28")) == these({Status::unrecorded}));
  CHECK(possible(h, as_of("2022-03-15")) ==
        these({Status::unrecorded, Status::under_construction}));
  CHECK(h.status(as_of("2022-03-15")) == Status::unrecorded);  // the conservative world
  CHECK(h.at(as_of("2022-03-15")).because == std::vector{Revision{1}});
  CHECK(possible(h, as_of("2022-03-31")) == these({Status::under_construction}));
}

TEST_CASE("of several vague milestones any may have been the highest") {
  History h;
  h.actual("announced", "2022-01-01", "2022-01-01");
  h.actual("agreement-signed", "2022", "2023-01-01");
  h.actual("opened", "2022", "2023-01-01");
  CHECK(possible(h, as_of("2022-06-01")) ==
        these({Status::announced, Status::agreed, Status::operating}));
}

TEST_CASE("a vague milestone that is no further than a certain one leaves it certain") {
  History h;
  h.actual("opened", "2022-01-01", "2022-01-01");
  h.actual("construction-started", "2021/2023", "2024-01-01");
  CHECK(possible(h, as_of("2022-06-01")) == these({Status::operating}));
}

TEST_CASE("whether a suspension came before or after a milestone may be unknown") {
  History h;
  h.actual("opened", "2022-03", "2023-01-01");
  h.actual("suspended", "2022-03-10/2022-03-20", "2023-01-01");
  CHECK(possible(h, as_of("2022-12-31")) == these({Status::operating, Status::suspended}));
  CHECK(h.status(as_of("2022-12-31")) == Status::operating);
  CHECK(h.at(as_of("2022-12-31")).because == std::vector{Revision{1}, Revision{2}});
}

TEST_CASE("whether a park was cancelled or reinstated last may be unknown") {
  History h;
  h.actual("agreement-signed", "2022-01-01", "2022-01-01");
  h.actual("cancelled", "2022-03", "2023-01-01");
  h.actual("reinstated", "2022-03", "2023-01-01");
  CHECK(possible(h, as_of("2022-12-31")) == these({Status::agreed, Status::cancelled}));
  CHECK(h.status(as_of("2022-12-31")) == Status::agreed);  // one last day: by position
}

TEST_CASE("overriding milestones whose dates do not overlap leave no doubt afterwards") {
  History h;
  h.actual("opened", "2021", "2023-01-01");
  h.actual("suspended", "2022-03", "2023-01-01");
  h.actual("resumed", "2022-04", "2023-01-01");
  h.actual("retired", "2022-05", "2023-01-01");
  CHECK(possible(h, as_of("2022-03-31")) == these({Status::suspended}));
  CHECK(possible(h, as_of("2022-04-15")) == these({Status::suspended, Status::operating}));
  CHECK(possible(h, as_of("2022-12-31")) == these({Status::retired}));
}

TEST_CASE("on a day that two events share, the earlier position comes first in every world") {
  History h;
  h.actual("suspended", "2022-03-01/2022-03-02", "2023-01-01");
  h.actual("resumed", "2022-03-02", "2023-01-01");
  CHECK(possible(h, as_of("2022-03-02")) == these({Status::unrecorded}));
}

TEST_CASE("a milestone may have been missed by a reinstated park") {
  History h;
  h.actual("cancelled", "2022-03-05", "2023-01-01");
  h.actual("reinstated", "2022-03-25", "2023-01-01");
  h.actual("opened", "2022-03", "2023-01-01");
  h.actual("agreement-signed", "2022-03-10", "2023-01-01");
  CHECK(possible(h, as_of("2022-12-31")) == these({Status::unrecorded, Status::operating}));
  CHECK(h.status(as_of("2022-12-31")) == Status::operating);
}

TEST_CASE("a lower milestone is a reason too where the higher one may have been missed") {
  History h;
  h.actual("cancelled", "2022-03-05", "2023-01-01");
  h.actual("reinstated", "2022-03-25", "2023-01-01");
  const auto opened = h.actual("opened", "2022-03", "2023-01-01");
  const auto visited = h.actual("visited", "2022-03-04/2022-03-06", "2023-01-01");
  const StatusAt at = h.at(as_of("2022-12-31"));
  CHECK(text(at.possible) == these({Status::unrecorded, Status::announced, Status::operating}));
  CHECK(at.because == std::vector{opened, visited});
}

TEST_CASE("an open past comes before, among or after everything up to its end") {
  History h;
  h.actual("suspended", "2022-03-10", "2023-01-01");
  h.actual("resumed", "../2022-03-20", "2023-01-01");
  CHECK(possible(h, as_of("2022-03-09")) == these({Status::unrecorded}));
  CHECK(possible(h, as_of("2022-03-15")) == these({Status::unrecorded, Status::suspended}));
  CHECK(possible(h, as_of("2022-12-31")) == these({Status::unrecorded, Status::suspended}));
}

TEST_CASE("two open pasts may have come in either order, before every named day") {
  History h;
  h.actual("cancelled", "../2022-03-20", "2023-01-01");
  h.actual("reinstated", "../2022-03-20", "2023-01-01");
  CHECK(possible(h, as_of("1700-01-01")) == these({Status::unrecorded, Status::cancelled}));
  CHECK(possible(h, as_of("2022-12-31")) == these({Status::unrecorded, Status::cancelled}));
}

TEST_CASE("a vague event that happened once is not counted twice") {
  History h;
  h.actual("suspended", "2022-03-01", "2023-01-01");
  h.actual("resumed", "2022-03-02/2022-03-30", "2023-01-01");
  h.actual("suspended", "2022-03-10", "2023-01-01");
  h.actual("suspended", "2022-03-20", "2023-01-01");
  h.actual("cancelled", "2022-03-15", "2023-01-01");
  h.actual("reinstated", "2022-03-16", "2023-01-01");  // uncovered, until 20 March
  CHECK(possible(h, as_of("2022-12-31")) == these({Status::unrecorded, Status::suspended}));
  CHECK(possible(h, as_of("2022-03-14")) == these({Status::unrecorded, Status::suspended}));
  CHECK(possible(h, as_of("2022-03-16")) == these({Status::unrecorded}));
}

TEST_CASE("a plan is known on its day and is never vague") {
  History h;
  h.plan("opened", "2020/2030", "2022-03-10");
  CHECK(possible(h, as_of("2022-03-09")) == these({Status::unrecorded}));
  CHECK(possible(h, as_of("2022-03-10")) == these({Status::announced}));
}
