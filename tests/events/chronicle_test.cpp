#include "events/chronicle.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "tests/events/samples.hpp"
#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

struct Chronicle {
  ManualClock clock;
  Disk disk = Disk::memory();
  std::unique_ptr<Journal> journal;

  Chronicle() {
    REQUIRE(Journal::create(disk, "/store"));
    auto opened = open_journal(disk, "/store", clock);
    REQUIRE(opened);
    journal = std::move(*opened);
  }
};

std::vector<Event> two_events() {
  return {event("a", "announced", "2020", "2021-01-01"),
          event("b", "opened", "2022-03", "2022-04-01")};
}

}  // namespace

TEST_CASE("what was appended is fetched as it was, with what the log added") {
  Chronicle c;
  auto events = two_events();
  events.push_back(full_event());
  events.back().supersedes = "b";
  events.back().supersedes_source.clear();
  const auto appended = append(*c.journal, events);
  REQUIRE_MESSAGE(appended, appended.error().what);
  CHECK(appended->recorded == 3);

  const auto stored = fetch_subject(c.journal->log(), "park/chirchik");
  REQUIRE(stored);
  REQUIRE(stored->size() == 3);
  for (std::uint32_t i = 0; i < 3; ++i) {
    CHECK((*stored)[i].event == events[i]);
    CHECK((*stored)[i].position == Position{i + 1});
    CHECK((*stored)[i].revision == Revision{i + 1});
    CHECK((*stored)[i].recorded == c.clock.now());
  }
}

TEST_CASE("events are fetched in the order asked for, also twice") {
  Chronicle c;
  REQUIRE(append(*c.journal, two_events()));
  const auto stored = fetch(c.journal->log(), std::array{Position{2}, Position{1}, Position{2}});
  REQUIRE(stored);
  REQUIRE(stored->size() == 3);
  CHECK((*stored)[0].event.id == "b");
  CHECK((*stored)[1].event.id == "a");
  CHECK((*stored)[2] == (*stored)[0]);
  CHECK(fetch(c.journal->log(), {})->empty());
}

TEST_CASE("a subject that is not recorded is not found") {
  Chronicle c;
  const auto none = fetch_subject(c.journal->log(), "park/nowhere");
  REQUIRE_FALSE(none);
  CHECK(none.error().code == Errc::not_found);
}

TEST_CASE("an invalid event is refused by its number and field, and its batch with it") {
  Chronicle c;
  auto events = two_events();
  events[1].quantities = {{"residents", "ten", "companies", Bound::exact, ""}};
  CHECK(refused(append(*c.journal, events), "event 2, data.quantities[0].value"));
  CHECK(refused(try_append(*c.journal, events), "event 2, data.quantities[0].value"));
  events = two_events();
  events[0].known = Day{INT32_MAX};
  CHECK(refused(append(*c.journal, events), "event 1, known"));
  CHECK(c.journal->log().head() == Position{0});
}

TEST_CASE("an event whose texts together pass 1 MiB is refused by its number") {
  Chronicle c;
  auto events = two_events();
  events[1].sources.assign(100, Source{"p", "2024", "", std::string(8000, 'n')});
  CHECK(try_append(*c.journal, events));  // 0.8 MB
  events[1].sources.assign(
      100, Source{std::string(500, 'p'), "2024", "https://" + std::string(1992, 'u'),
                  std::string(8000, 'n')});
  events[1].note = std::string(8000, 'n');
  const auto appended = append(*c.journal, events);
  CHECK(refused(appended, "event 2"));
  CHECK(appended.error().what.find("more than 1048576") != std::string::npos);
}

TEST_CASE("trying says what appending would and records nothing") {
  Chronicle c;
  const auto tried = try_append(*c.journal, two_events());
  REQUIRE(tried);
  CHECK(tried->recorded == 2);
  CHECK(c.journal->log().head() == Position{0});
}

TEST_CASE("the same content again records nothing, other content is a conflict") {
  Chronicle c;
  auto events = two_events();
  REQUIRE(append(*c.journal, events));
  const auto again = append(*c.journal, events);
  REQUIRE(again);
  CHECK(again->recorded == 0);
  CHECK(again->already == 2);
  events[1].note = "another";
  CHECK(refused(append(*c.journal, events), "event 2", Errc::conflict));
  CHECK(c.journal->log().head() == Position{2});
}

TEST_CASE("a superseded event must be there and of the same subject") {
  Chronicle c;
  auto events = two_events();
  events[1].supersedes = "nobody";
  CHECK(refused(append(*c.journal, events), "event 2", Errc::not_found));
  events[1].supersedes = "a";
  events[1].subject = "park/navoi";
  CHECK(refused(append(*c.journal, events), "event 2"));
}
