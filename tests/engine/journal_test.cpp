#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("an empty log has head 0 and nothing to read") {
  TestJournal t;
  CHECK(t.log().head() == Position{0});
  CHECK(all_of(t.log()).empty());
  CHECK(all_of(t.log(), kNewest, Direction::backwards).empty());
  CHECK(t.log().position_at(t.clock.now()) == Position{0});
}

TEST_CASE("positions count the whole log and revisions each subject, without gaps") {
  TestJournal t;
  const auto first = t.record({{"park/a", "1"}, {"park/b", "2"}, {"park/a", "3"}});
  CHECK(first.recorded == 3);
  CHECK(first.positions == std::vector{Position{1}, Position{2}, Position{3}});
  t.record({{"park/b", "4"}});
  const auto events = all_of(t.log());
  REQUIRE(events.size() == 4);
  const std::uint32_t revisions[] = {1, 1, 2, 2};
  const char* ids[] = {"1", "2", "3", "4"};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(events[i].position == i + 1);
    CHECK(events[i].revision == revisions[i]);
    CHECK(events[i].id == ids[i]);
    CHECK(events[i].source == "urn:test");
  }
  CHECK(events[2].subject == "park/a");
  CHECK(events[2].payload == Draft{"park/a", "3"}.payload());
}

TEST_CASE("a reopened journal goes on where it ended") {
  TestJournal t;
  std::vector<Seen> before;
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    t.record({{"park/" + std::to_string(i % 3), n, std::string(100, 'x'), "urn:" + n},
              {"park/new-" + n, n + "b", "", "urn:0"}});
    const auto events = all_of(t.log());
    CHECK(events.size() == before.size() + 2);
    CHECK(std::equal(before.begin(), before.end(), events.begin()));
    t.reopen();
    CHECK(all_of(t.log()) == events);
    before = events;
  }
  check_verified(t.log());
  CHECK(t.log().revision(SubjectNumber{0}) == Revision{4});
}

TEST_CASE("the same appends give the same bytes, restarted in between or not") {
  TestJournal steady, restarted;
  for (int i = 0; i < 40; ++i) {
    std::vector<Draft> batch;
    for (int j = 0; j < 15; ++j)
      batch.push_back({"park/" + std::to_string(j), std::to_string(i * 15 + j),
                       std::string(static_cast<std::size_t>(i * j), 'x')});
    steady.record(batch);
    restarted.record(batch);
    if (i % 3 == 0) restarted.reopen();
  }
  CHECK(steady.entries() == restarted.entries());
}

TEST_CASE("an empty batch succeeds, and checks what it expects") {
  TestJournal t;
  t.record({{"park/a", "1"}});
  CHECK(t.record({}).recorded == 0);
  CHECK(t.record({}, {{"park/a", Exactly{Revision{1}}}}).positions.empty());
  CHECK(t.refused({}, {{"park/a", NewSubject{}}}).code == Errc::conflict);
  CHECK(t.log().head() == Position{1});
}

TEST_CASE("recorded instants never go back, though the clock does") {
  TestJournal t;
  t.clock.set(instant_of(500));
  t.record({{"park/a", "1"}});
  t.clock.set(instant_of(100));
  t.record({{"park/a", "2"}});
  t.reopen();
  t.clock.set(instant_of(200));
  t.record({{"park/a", "3"}});
  t.clock.set(instant_of(900));
  t.record({{"park/a", "1"}});  // recorded already: its instant is nobody's
  t.clock.set(instant_of(600));
  t.record({{"park/a", "4"}});
  const auto events = all_of(t.log());
  CHECK(events[1].recorded_us == 500);
  CHECK(events[2].recorded_us == 500);
  CHECK(events[3].recorded_us == 600);
  check_verified(t.log());
}

TEST_CASE("an instant names the newest position recorded by then") {
  TestJournal t;
  for (int i = 1; i <= 300; ++i) {
    t.clock.set(instant_of(i / 3 * 10));
    t.record({{"park/a", std::to_string(i)}});
  }
  const auto at = [&](std::int64_t us) {
    return t.log().position_at(instant_of(us)).value().value;
  };
  CHECK(at(-1) == 0);
  CHECK(at(0) == 2);
  CHECK(at(9) == 2);
  CHECK(at(10) == 5);
  CHECK(at(995) == 299);
  CHECK(at(1000) == 300);
  CHECK(at(1'000'000) == 300);
}

TEST_CASE("names and payloads keep to their sizes") {
  TestJournal t;
  const auto invalid = [&](Draft draft) {
    const Error error = t.refused({{"park/fine", "fine"}, std::move(draft)});
    return error.code == Errc::invalid && error.where == "event 2";
  };
  CHECK(invalid({"", "1"}));
  CHECK(invalid({std::string(201, 's'), "1"}));
  CHECK(invalid({"park/a", ""}));
  CHECK(invalid({"park/a", std::string(256, 'i')}));
  CHECK(invalid({"park/a", "1", "", ""}));
  CHECK(invalid({"park/a", "1", "", std::string(256, 'u')}));
  CHECK(invalid({"park/a", "1", std::string(1 << 20, 'x')}));
  CHECK(t.log().head() == Position{0});

  const Draft largest{std::string(200, 's'), std::string(255, 'i'), std::string((1 << 20) - 8, 'x'),
                      std::string(255, 'u')};
  t.record({largest});
  t.reopen();
  CHECK(all_of(t.log()).at(0).payload == largest.payload());
  CHECK(t.log().find(largest.source, largest.id).value() == Position{1});
}

TEST_CASE("a rehearsal says what an append would, and changes nothing") {
  TestJournal t;
  t.record({{"park/a", "1"}});
  const auto before = t.entries();
  const Batch fine({{"park/new", "2", "", "urn:new"}, {"park/a", "1"}, {"park/a", "3"}});
  const auto rehearsed = t.journal().try_append(fine.events());
  REQUIRE(rehearsed);
  CHECK(rehearsed->recorded == 2);
  CHECK(rehearsed->already == 1);
  CHECK(rehearsed->positions == std::vector{Position{2}, Position{1}, Position{3}});
  const Batch bad({{"park/other", "4"}, {"park/a", "1", "other"}});
  CHECK(t.journal().try_append(bad.events()).error().code == Errc::conflict);
  CHECK(t.entries() == before);

  const auto appended = t.journal().append(fine.events());
  REQUIRE(appended);
  CHECK(appended->positions == rehearsed->positions);
  check_verified(t.log());
}
