#include <algorithm>

#include "engine/index/index.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// `count` events, the i-th of subject i mod `subjects`, with texts of `size` bytes.
std::vector<Draft> many(int count, int subjects, std::size_t size = 0) {
  std::vector<Draft> drafts;
  for (int i = 0; i < count; ++i)
    drafts.push_back({"park/" + std::to_string(i % subjects), std::to_string(i),
                      std::string(size, 'x'), "urn:test", "", "", i});
  return drafts;
}

/// The first positions of the log's blocks.
std::vector<std::uint64_t> blocks(TestJournal& t) {
  std::vector<std::uint64_t> firsts;
  const auto entries = t.entries();
  for (const auto& [key, value] : entries[static_cast<std::size_t>(Family::log)])
    firsts.push_back(load_key<std::uint64_t>(key));
  return firsts;
}

}  // namespace

TEST_CASE("reading begins at any position and goes both ways") {
  TestJournal t;
  t.record(many(600, 7));
  const auto all = all_of(t.log());
  REQUIRE(all.size() == 600);
  for (const std::uint64_t from : {1U, 2U, 255U, 256U, 257U, 258U, 512U, 513U, 599U, 600U}) {
    const auto split = all.begin() + static_cast<std::ptrdiff_t>(from) - 1;
    CHECK(all_of(t.log(), Position{from}) == std::vector(split, all.end()));
    std::vector<Seen> back(all.begin(), split + 1);
    std::ranges::reverse(back);
    CHECK(all_of(t.log(), Position{from}, Direction::backwards) == back);
  }
  CHECK(all_of(t.log(), Position{0}) == all);
  CHECK(all_of(t.log(), Position{0}, Direction::backwards).empty());
  CHECK(all_of(t.log(), Position{601}).empty());
  CHECK(all_of(t.log(), kNewest, Direction::backwards).size() == 600);
}

TEST_CASE("a visitor stops a read") {
  TestJournal t;
  t.record(many(600, 2));
  const auto count_until = [&](auto read) {
    int visits = 0;
    CHECK(read([&](const RecordedEvent&) { return ++visits < 3; }));
    return visits;
  };
  const Log& log = t.log();
  CHECK(count_until([&](auto v) { return log.read(Position{255}, Direction::forwards, v); }) == 3);
  CHECK(count_until([&](auto v) { return log.read(kNewest, Direction::backwards, v); }) == 3);
  CHECK(count_until([&](auto v) {
          return log.read_subject("park/1", Revision{1}, Direction::forwards, v);
        }) == 3);
}

TEST_CASE("positions are read in the order they are asked for") {
  TestJournal t;
  t.record(many(700, 3));
  const std::vector<Position> asked{Position{700}, Position{1},   Position{257}, Position{256},
                                    Position{2},   Position{257}, Position{513}, Position{513},
                                    Position{514}, Position{640}, Position{641}};
  std::vector<Position> got;
  CHECK(t.log().read_at(asked, [&](const RecordedEvent& event) {
    got.push_back(event.position);
    CHECK(event.id == std::to_string(event.position.value - 1));
    return true;
  }));
  CHECK(got == asked);
}

TEST_CASE("a block ends after 64 events, however they were batched") {
  TestJournal whole, single;
  whole.record(many(150, 3));
  for (const Draft& draft : many(150, 3)) single.record({draft});
  CHECK(blocks(whole) == std::vector<std::uint64_t>{1, 65, 129});
  CHECK(whole.entries() == single.entries());
}

TEST_CASE("a block ends before it outgrows 32 KiB, and a larger event has one of its own") {
  TestJournal t;
  t.record(many(20, 1, 10'000));
  CHECK(blocks(t) == std::vector<std::uint64_t>{1, 4, 7, 10, 13, 16, 19});
  t.record({{"park/big", "big", std::string((1 << 20) - 8, 'b')}});
  t.reopen();
  t.record({{"park/a", "after"}, {"park/a", "after that"}});
  CHECK(blocks(t) == std::vector<std::uint64_t>{1, 4, 7, 10, 13, 16, 19, 21, 22});
  CHECK(all_of(t.log()).at(20).payload.size() == 1 << 20);
  CHECK(all_of(t.log(), kNewest, Direction::backwards).at(2).payload.size() == 1 << 20);
  check_verified(t.log());
}

TEST_CASE("a subject is read by itself, from any revision, both ways") {
  TestJournal t;
  t.record(many(900, 3));  // 300 of each: more than a page of rows
  t.reopen();
  for (const std::uint32_t from : {1U, 2U, 255U, 256U, 257U, 300U}) {
    const auto after = subject_of(t.log(), "park/1", Revision{from});
    REQUIRE(after.size() == 301 - from);
    CHECK(after.front().revision == from);
    CHECK(after.back().revision == 300);
    const auto before = subject_of(t.log(), "park/1", Revision{from}, Direction::backwards);
    REQUIRE(before.size() == from);
    CHECK(before.front() == after.front());
    CHECK(before.back().revision == 1);
    CHECK(std::ranges::all_of(after, [](const Seen& s) { return s.subject == "park/1"; }));
  }
  CHECK(subject_of(t.log(), "park/1", Revision{301}).empty());
  const auto nothing = t.log().read_subject("park/9", Revision{1}, Direction::forwards,
                                            [](const RecordedEvent&) { return true; });
  CHECK(nothing.error().code == Errc::not_found);
}

TEST_CASE("the rows of a subject are the marks of its events, in the order of revisions") {
  TestJournal t;
  for (int i = 0; i < 3000; i += 100) {
    auto batch = many(3000, 1);
    t.record({batch.begin() + i, batch.begin() + i + 100});  // a hot subject
    if (i % 700 == 0) t.record({{"park/cold", "c" + std::to_string(i)}});
  }
  const SubjectNumber hot = t.log().subject("park/0").value().value();
  const auto rows = t.log().rows(hot).value();
  REQUIRE(rows.size() == 3000);
  const auto events = subject_of(t.log(), "park/0");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].position().value == events[i].position);
    CHECK(rows[i].earliest == Day{static_cast<std::int32_t>(i)});
    CHECK(rows[i].known == Day{static_cast<std::int32_t>(i) + 1000});
  }
  CHECK(t.log().revision(hot) == Revision{3000});
  CHECK(t.log().rows(SubjectNumber{77}).value().empty());
  CHECK(t.log().revision(SubjectNumber{77}) == Revision{0});
}

TEST_CASE("one pass gives the rows of all subjects, in the order of their numbers") {
  TestJournal t;
  t.record(many(2000, 6));
  std::vector<std::uint32_t> seen;
  CHECK(t.log().all_rows([&](SubjectNumber subject, Rows rows) {
    seen.push_back(subject.value);
    const auto same = t.log().rows(subject).value();
    CHECK(std::ranges::equal(rows, same));
    return true;
  }));
  CHECK(seen == std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5});
  int visits = 0;
  CHECK(t.log().all_rows([&](SubjectNumber, Rows) { return ++visits < 2; }));
  CHECK(visits == 2);
}

TEST_CASE("subjects are listed by prefix in byte order") {
  TestJournal t;
  t.record({{"park/b", "1"}, {"zone/a", "2"}, {"park/a", "3"}, {"park", "4"}});
  const auto list = [&](std::string_view prefix) {
    std::string names;
    CHECK(t.log().subjects(prefix, [&](std::string_view name, SubjectNumber number) {
      CHECK(t.log().subject(name).value() == number);
      CHECK(t.log().subject_name(number) == std::string(name));
      names += std::string(name) + " ";
      return true;
    }));
    return names;
  };
  CHECK(list("") == "park park/a park/b zone/a ");
  CHECK(list("park/") == "park/a park/b ");
  CHECK(list("x").empty());
  CHECK(t.log().subject("par").value() == std::nullopt);
  CHECK(t.log().subject_name(SubjectNumber{9}).error().code == Errc::damaged_index);
}

TEST_CASE("a read ends at the head of its beginning, though the log grows meanwhile") {
  TestJournal t;
  t.record(many(300, 2));
  int visited = 0;
  CHECK(t.log().read(Position{1}, Direction::forwards, [&](const RecordedEvent&) {
    ++visited;
    t.record({{"park/0", "more " + std::to_string(visited)}});
    return true;
  }));
  CHECK(visited == 300);
  CHECK(t.log().head() == Position{600});
}
