#include "projections/effective.hpp"

#include <doctest/doctest.h>

#include "events/event_type.hpp"
#include "tests/oracle/every_chain.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

Standing standing(const History& h, Revision revision, const Vantage& vantage = {}) {
  return effective(h.rows(), vantage).standing.at(revision.value - 1);
}

Revision superseded_by(const History& h, Revision revision, const Vantage& vantage = {}) {
  return effective(h.rows(), vantage).superseded_by.at(revision.value - 1);
}

using Revisions = std::vector<Revision>;

/// The events that are effective, oldest first.
Revisions counting(const History& h, const Vantage& vantage = {}) {
  const Effective answer = effective(h.rows(), vantage);
  Revisions revisions;
  for (std::uint32_t i = 0; i < h.rows().size(); ++i)
    if (answer.counts(i)) revisions.push_back(Revision{i + 1});
  return revisions;
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

TEST_CASE("of a fact that was corrected twice the last version counts, and no other") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto better = h.actual("announced", "2020-05-01", "2020-06-01", mistake);
  const auto best = h.actual("agreement-signed", "2020-05-01", "2020-07-01", better);
  CHECK(counting(h) == Revisions{best});
  CHECK(h.status(as_of("2021")) == Status::agreed);
  CHECK(superseded_by(h, mistake) == best);
  CHECK(superseded_by(h, better) == best);
  CHECK(counting(h, as_of("2021", "2020-06-15")) == Revisions{better});
  CHECK(superseded_by(h, mistake, as_of("2021", "2020-06-15")) == better);
  CHECK(counting(h, as_of("2021", "2020-05-15")) == Revisions{mistake});
}

TEST_CASE("a correction replaces the first mistake also where the one between is not known") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto late = h.actual("announced", "2020-05-01", "2022-01-01", mistake);
  const auto best = h.actual("agreement-signed", "2020-05-01", "2020-07-01", late);
  const Vantage between = as_of("2021", "2021-01-01");
  CHECK(standing(h, late, between) == Standing::unseen);
  CHECK(counting(h, between) == Revisions{best});
  CHECK(superseded_by(h, mistake, between) == best);
  CHECK(h.status(between) == Status::agreed);
}

TEST_CASE("when a correction is retracted, what it corrected comes back") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto second = h.actual("opened", "2020-06-01", "2021-01-01", first);
  const auto third = h.retract(second, "2022-01-01");
  CHECK(counting(h) == Revisions{first});
  CHECK(standing(h, second) == Standing::superseded);
  CHECK(superseded_by(h, second) == third);
  CHECK(standing(h, third) == Standing::retraction);
}

TEST_CASE("when the second correction is retracted, the first one comes back, and no mistake") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto better = h.actual("announced", "2020-05-01", "2020-06-01", mistake);
  const auto worse = h.actual("agreement-signed", "2020-05-01", "2020-07-01", better);
  h.retract(worse, "2020-08-01");
  CHECK(counting(h) == Revisions{better});
  CHECK(superseded_by(h, mistake) == better);
}

TEST_CASE("when the first of two corrections is retracted, the second one stands") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto better = h.actual("announced", "2020-05-01", "2020-06-01", mistake);
  const auto best = h.actual("agreement-signed", "2020-05-01", "2020-07-01", better);
  h.retract(better, "2020-08-01");
  CHECK(counting(h) == Revisions{best});
  CHECK(superseded_by(h, better) == best);
}

TEST_CASE("a correction of a retracted correction replaces that and the first mistake") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto wrong = h.actual("announced", "2020-05-01", "2020-06-01", mistake);
  h.retract(wrong, "2020-07-01");
  CHECK(counting(h) == Revisions{mistake});
  const auto right = h.actual("agreement-signed", "2020-05-01", "2020-08-01", wrong);
  CHECK(counting(h) == Revisions{right});
  CHECK(superseded_by(h, wrong) == right);
}

TEST_CASE("a retraction counts for nothing itself") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto no = h.retract(opened, "2021-01-01");
  CHECK(counting(h).empty());
  CHECK(standing(h, no) == Standing::retraction);
  CHECK(effective(h.rows(), {}).stands(1));
}

TEST_CASE("when a retraction is retracted, what it had withdrawn counts again") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto no = h.retract(opened, "2021-01-01");
  const auto yes = h.retract(no, "2021-01-02");
  CHECK(counting(h) == Revisions{opened});
  CHECK(standing(h, no) == Standing::superseded);
  CHECK(superseded_by(h, no) == yes);
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

TEST_CASE("a correction of a retraction tells the fact anew, and the old version stays out") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto no = h.retract(opened, "2021-01-01");
  const auto anew = h.actual("announced", "2020-05-01", "2021-02-01", no);
  CHECK(counting(h) == Revisions{anew});
  CHECK(standing(h, no) == Standing::superseded);
  CHECK(superseded_by(h, no) == anew);
  CHECK(superseded_by(h, opened) == anew);
  CHECK(h.status(as_of("2022")) == Status::announced);
}

TEST_CASE("a correction of a retraction replaces also where the retraction is not known") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto no = h.retract(opened, "2022-01-01");
  const auto anew = h.actual("announced", "2020-05-01", "2021-02-01", no);
  CHECK(counting(h, as_of("2021", "2021-06-01")) == Revisions{anew});
}

TEST_CASE("when the correction of a retraction is retracted, the retraction is in force again") {
  History h;
  const auto opened = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto no = h.retract(opened, "2021-01-01");
  const auto anew = h.actual("announced", "2020-05-01", "2021-02-01", no);
  h.retract(anew, "2021-03-01");
  CHECK(counting(h).empty());
  CHECK(standing(h, no) == Standing::retraction);
  CHECK(superseded_by(h, opened) == no);
}

TEST_CASE("a correction of the retraction of a correction leaves one version of the fact") {
  History h;
  const auto mistake = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto wrong = h.actual("construction-completed", "2020-05-01", "2020-06-01", mistake);
  const auto no = h.retract(wrong, "2020-07-01");
  CHECK(counting(h) == Revisions{mistake});
  const auto anew = h.actual("announced", "2020-05-01", "2020-08-01", no);
  CHECK(counting(h) == Revisions{anew});
}

TEST_CASE("of two corrections of one event both count, and the newest is named") {
  History h;
  const auto first = h.actual("opened", "2020-05-01", "2020-05-01");
  const auto second = h.actual("opened", "2020-06-01", "2021-01-01", first);
  const auto third = h.actual("opened", "2020-07-01", "2021-02-01", first);
  CHECK(counting(h) == Revisions{second, third});
  CHECK(superseded_by(h, first) == third);
}

TEST_CASE("in every history of up to five events what counts is what the definition says") {
  for (std::size_t events = 1; events <= 5; ++events)
    for_every_chain(events, [](Rows rows) {
      for (const Vantage& vantage : {Vantage{}, Vantage{.known_by = Day{kChainDay}}}) {
        const Effective answer = effective(rows, vantage);
        const Effective expected = oracle::standing(rows, vantage);
        if (answer.standing == expected.standing && answer.superseded_by == expected.superseded_by)
          continue;
        INFO(text(rows));
        FAIL_CHECK(text(vantage));
      }
    });
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
