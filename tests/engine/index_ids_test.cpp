#include "engine/format/id_page.hpp"

#include <algorithm>

#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

std::vector<Draft> numbered(int from, int count) {
  std::vector<Draft> drafts;
  for (int i = from; i < from + count; ++i)
    drafts.push_back({"park/" + std::to_string(i % 5), std::to_string(i)});
  return drafts;
}

/// Every id is found once, those that were never recorded are not.
void check_finds(const Log& log, int count) {
  for (int i = 0; i < count; ++i)
    if (log.find(std::to_string(i)).value() !=
        std::vector{Position{static_cast<std::uint64_t>(i) + 1}})
      FAIL("of the id ", i);
  CHECK(log.find(std::to_string(count)).value().empty());
}

}  // namespace

TEST_CASE("a journal that is opened on a long store finds every duplicate, however many come") {
  for (const Layout& layout : {kSmallLayout, Layout{0, 1}, Layout{8, 4}}) {
    CAPTURE(layout.segment_bits);
    constexpr int kRecorded = 1'500;
    TestJournal t(layout);
    for (int i = 0; i < kRecorded; i += 500) t.record(numbered(i, 500));
    for (const int batch : {1, 7, 300}) {
      CAPTURE(batch);
      t.reopen();  // ids of segments are on disk only, until enough were looked for
      const auto head = t.log().head();
      for (int i = 0; i < 400; i += batch) {
        const auto appended = t.record(numbered(i * 3 % 1'000, batch));
        if (appended.recorded != 0) FAIL("recorded twice at ", i);
        if (appended.positions[0].value != static_cast<std::uint64_t>(i * 3 % 1'000) + 1)
          FAIL("found at another position at ", i);
      }
      CHECK(t.log().head() == head);
      CHECK(t.refused({{"park/0", "5", "other content"}}).code == Errc::conflict);
    }
    check_finds(t.log(), kRecorded);
  }
}

TEST_CASE("each id is found once while old and new ids meet in one segment") {
  for (const int before : {8, 24, 400}) {
    CAPTURE(before);
    TestJournal t;
    t.record(numbered(0, before));
    t.reopen();
    int count = before;
    for (int i = 0; i < 60; ++i, count += 5) {
      t.record(numbered(count, 5));
      if (i % 10 == 0) check_finds(t.log(), count + 5);
    }
    check_finds(t.log(), count);
    check_verified(t.log());
  }
}

TEST_CASE("two ids whose hashes are the same are two events") {
  const std::string a = "915485", b = "2798974";
  REQUIRE(hash_id(a) == hash_id(b));
  TestJournal t;
  t.record({{"park/a", a}});
  SUBCASE("both in memory") {}
  SUBCASE("one in a segment") {
    t.record(numbered(0, 30));
  }
  SUBCASE("one in a segment, and the journal opened anew") {
    t.record(numbered(0, 30));
    t.reopen();
  }
  const Position second = t.record({{"park/b", b}}).positions[0];
  t.record(numbered(100, 200));
  t.reopen();
  const auto reader = t.reader();
  for (const Log* log : {&t.log(), reader.get()}) {
    CHECK(log->find(a).value() == std::vector{Position{1}});
    CHECK(log->find(b).value() == std::vector{second});
    CHECK(log->find("urn:test", b).value() == second);
  }
  CHECK(t.record({{"park/b", b}, {"park/a", a}}).already == 2);
  CHECK(t.refused({{"park/b", a}}).code == Errc::conflict);
  t.record({{"park/b", "correction", "", "urn:test", b}});
  CHECK(t.log().rows(t.log().subject("park/b").value().value()).value().back().supersedes == 1);
}

TEST_CASE("an id that more sources use than a page holds is found at each of them") {
  constexpr int kSources = 1'500;
  TestJournal t(Layout{11, 1});
  std::vector<Position> expected;
  for (int i = 0; i < kSources; i += 100) {
    std::vector<Draft> drafts = numbered(i, 63);
    for (int n = i; n < i + 100; ++n)
      drafts.push_back({"park/a", "same", "", "urn:" + std::to_string(n)});
    const auto positions = t.record(drafts).positions;
    expected.insert(expected.end(), positions.begin() + 63, positions.end());
  }
  t.record(numbered(10'000, 100));
  t.reopen();
  const auto reader = t.reader();
  for (const Log* log : {&t.log(), reader.get()}) {
    CHECK(log->find("same").value() == expected);
    CHECK(log->find("urn:0", "same").value() == expected.front());
    CHECK(log->find("urn:1024", "same").value() == expected[1024]);
    CHECK(log->find("urn:1499", "same").value() == expected.back());
    CHECK(log->find("urn:1500", "same").value() == std::nullopt);
  }
  CHECK(t.record({{"park/a", "same", "", "urn:1499"}}).already == 1);
  check_verified(t.log());
}

TEST_CASE("rows of a subject that fill pages and segments are read in order") {
  TestJournal t(Layout{10, 1});
  std::uint32_t revision = 0;
  for (int i = 0; i < 4'400; i += 400) {
    std::vector<Draft> drafts = numbered(i, 400);
    for (int n = 0; n < 400; ++n)
      if (n % 10 != 0) drafts[static_cast<std::size_t>(n)].subject = "park/hot";
    t.record(drafts);
    revision += 360;
  }
  t.reopen();
  const auto hot = t.log().subject("park/hot").value().value();
  const auto rows = t.log().rows(hot).value();
  CHECK(rows.size() == revision);
  CHECK(std::ranges::is_sorted(rows, {}, &Row::position));
  CHECK(t.log().revision(hot).value().value == revision);
  CHECK(t.reader()->rows(hot).value() == rows);
  const auto kept = t.entries();
  REQUIRE(t.journal().rebuild());
  CHECK(t.entries() == kept);
}
