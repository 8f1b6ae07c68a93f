#include "projections/timeline.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

std::vector<std::uint32_t> revisions(const std::vector<TimelineMark>& marks) {
  std::vector<std::uint32_t> result;
  for (const TimelineMark& mark : marks) result.push_back(mark.revision.value);
  return result;
}

using Marks = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("marks stand in the order of latest day, earliest day, then position") {
  History h;
  h.actual("opened", "2022", "2023-01-01");              // 1: to 31 December
  h.actual("announced", "2020-05-01", "2023-01-01");     // 2
  h.actual("visited", "2022-12-31", "2023-01-01");       // 3: begins after 1
  h.actual("meeting-held", "2020-05-01", "2023-01-01");  // 4: as 2, recorded later
  CHECK(revisions(h.timeline(as_of("2024"))) == Marks{2, 4, 1, 3});
}

TEST_CASE("a mark says whether it had happened certainly, possibly, or is planned") {
  History h;
  h.actual("announced", "2020-05-01", "2020-05-01");
  h.actual("construction-started", "2022-03", "2024-02-02");
  h.actual("opened", "2023-01-01", "2024-02-02");
  h.plan("retired", "2030", "2021-01-01");
  h.plan("retired", "2031", "2023-01-01");
  const auto marks = h.timeline(as_of("2022-03-15"));
  REQUIRE(revisions(marks) == Marks{1, 2, 4});
  CHECK(marks[0].happened == Happened::certainly);
  CHECK(marks[1].happened == Happened::possibly);
  CHECK(marks[2].happened == Happened::planned);
  CHECK(marks[1].bounds == Bounds{day("2022-03-01"), day("2022-03-31")});
  CHECK(marks[1].known == day("2024-02-02"));
}

TEST_CASE("plans without a target date come last, also after targets with an open end") {
  History h;
  h.plan("opened", "", "2020-01-01");
  h.plan("opened", "2025/..", "2020-01-01");
  h.plan("opened", "2024", "2020-01-01");
  h.plan("opened", "../2026", "2020-01-01");
  CHECK(revisions(h.timeline(as_of("2020-01-01"))) == Marks{3, 4, 2, 1});
}

TEST_CASE("descriptions, retractions and what they retract are no marks") {
  History h;
  h.actual("described", "", "2020-01-01");
  const auto wrong = h.actual("opened", "2020-01-01", "2020-01-01");
  h.retract(wrong, "2021-01-01");
  h.actual("exhibition-held", "2020-01-01", "2020-01-01");
  CHECK(revisions(h.timeline(as_of("2022"))) == Marks{4});
  CHECK(revisions(h.timeline(as_of("2022", "2020"))) == Marks{2, 4});
}

TEST_CASE("an event of an unknown type is shown") {
  History h;
  h.actual("of-a-newer-program", "2020-01-01", "2020-01-01");
  const auto marks = h.timeline(as_of("2022"));
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].type == kUnknownType);
}

TEST_CASE("a window shows the marks whose bounds touch it") {
  History h;
  h.actual("announced", "2020-05-31", "2023-01-01");          // 1: the day before
  h.actual("visited", "2020-06-01", "2023-01-01");            // 2: its first day
  h.actual("meeting-held", "2020-05/2020-06", "2023-01-01");  // 3: reaches in
  h.actual("opened", "2020-01/2020-12", "2023-01-01");        // 4: spans it
  h.actual("landscaped", "2020-06-30", "2023-01-01");         // 5: its last day
  h.actual("retired", "2020-07-01", "2023-01-01");            // 6: the day after
  h.plan("reinstated", "", "2022-01-01");                     // 7: any day
  const Bounds june{day("2020-06-01"), day("2020-06-30")};
  CHECK(revisions(h.timeline(as_of("2024"), june)) == Marks{2, 3, 5, 4, 7});
  CHECK(revisions(h.timeline(as_of("2024"), {june.earliest, kOpenFuture})) ==
        Marks{2, 3, 5, 6, 4, 7});
  CHECK(revisions(h.timeline(as_of("2024"), {kOpenPast, june.latest})) == Marks{1, 2, 3, 5, 4, 7});
}
