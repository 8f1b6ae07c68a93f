#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

Draft correction(std::string id, std::string supersedes, std::string source = "urn:test",
                 std::string supersedes_source = "", std::string subject = "park/a") {
  return {std::move(subject), std::move(id),         "",
          std::move(source),  std::move(supersedes), std::move(supersedes_source)};
}

/// The revision that the newest event supersedes.
std::uint32_t last_superseded(TestJournal& t) {
  return all_of(t.log(), kNewest, Direction::backwards).at(0).supersedes;
}

}  // namespace

TEST_CASE("a superseding event names the revision of the one it corrects") {
  TestJournal t;
  t.record({{"park/b", "0"}, {"park/a", "1"}, {"park/a", "2"}});
  t.record({correction("3", "2")});
  CHECK(last_superseded(t) == 2);
  t.reopen();
  t.record({correction("4", "1")});
  CHECK(last_superseded(t) == 1);
  CHECK(t.log().rows(SubjectNumber{1})->at(3).supersedes == 1);
}

TEST_CASE("an event may supersede one of its own batch, if that stands before it") {
  TestJournal t;
  t.record({{"park/a", "1"}, correction("2", "1"), correction("3", "2")});
  CHECK(last_superseded(t) == 2);
  const Error error = t.refused({correction("4", "5"), {"park/a", "5"}});
  CHECK(error.code == Errc::not_found);
  CHECK(error.where == "event 1");
  CHECK(t.refused({correction("6", "6")}).code == Errc::not_found);
}

TEST_CASE("an id of the same source is meant before one of another") {
  TestJournal t;
  t.record({{"park/a", "1", "", "urn:x"}, {"park/a", "1", "", "urn:y"}});
  t.record({correction("2", "1", "urn:y")});
  CHECK(last_superseded(t) == 2);
  t.record({correction("3", "1", "urn:x")});
  CHECK(last_superseded(t) == 1);
}

TEST_CASE("an id that only one other source has is found") {
  TestJournal t;
  t.record({{"park/a", "1", "", "urn:x"}});
  t.record({correction("2", "1", "urn:new")});
  CHECK(last_superseded(t) == 1);
}

TEST_CASE("an id that several other sources have is ambiguous until the source is named") {
  TestJournal t;
  t.record({{"park/a", "1", "", "urn:x"}});
  const Draft also{"park/a", "1", "", "urn:y"};
  SUBCASE("both recorded") {
    t.record({also});
  }
  SUBCASE("one within the batch") {
    const Error error = t.refused({also, correction("2", "1", "urn:z")});
    CHECK(error.code == Errc::invalid);
    CHECK(error.where == "event 2");
    t.record({also, correction("2", "1", "urn:z", "urn:y")});
    CHECK(last_superseded(t) == 2);
    return;
  }
  CHECK(t.refused({correction("2", "1", "urn:z")}).code == Errc::invalid);
  t.record({correction("2", "1", "urn:z", "urn:y")});
  CHECK(last_superseded(t) == 2);
  CHECK(t.refused({correction("3", "1", "urn:x", "urn:none")}).code == Errc::not_found);
}

TEST_CASE("a named source is taken even where the same source has the id") {
  TestJournal t;
  t.record({{"park/a", "1", "", "urn:x"}, {"park/a", "1", "", "urn:y"}});
  t.record({correction("2", "1", "urn:x", "urn:y")});
  CHECK(last_superseded(t) == 2);
}

TEST_CASE("what is superseded must be recorded, and of the same subject") {
  TestJournal t;
  t.record({{"park/b", "1"}});
  CHECK(t.refused({correction("2", "none")}).code == Errc::not_found);
  CHECK(t.refused({correction("2", "1")}).code == Errc::invalid);
  CHECK(t.refused({{"park/c", "2"}, correction("3", "2")}).code == Errc::invalid);
  CHECK(t.log().head() == Position{1});
  t.record({correction("2", "1", "urn:test", "", "park/b")});
  CHECK(last_superseded(t) == 1);
}

TEST_CASE("where the room above forbids it, nothing is superseded again, in a batch or after it") {
  TestJournal t;
  t.record({{"park/b", "0"}, {"park/a", "1"}});
  t.close();
  Indexer once(dating_of);
  once.in_the_way = [](Rows rows, Revision target, std::uint8_t) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i].supersedes == target.value) return Revision{static_cast<std::uint32_t>(i + 1)};
    return Revision{0};
  };
  const auto journal = Journal::open(t.disk(), t.directory(), t.clock, once).value();
  const auto refused = [&](std::vector<Draft> drafts) {
    const auto appended = append(*journal, std::move(drafts));
    REQUIRE(!appended);
    CHECK(appended.error().code == Errc::conflict);
    return appended.error();
  };
  CHECK(refused({correction("2", "1"), {"park/b", "b"}, correction("3", "1")}).where == "event 3");
  CHECK(journal->log().head() == Position{2});
  REQUIRE(append(*journal, {correction("2", "1"), {"park/a", "x"}, correction("3", "2")}));
  const Error error = refused({correction("4", "2")});
  CHECK(error.what.find("which '3' supersedes already, at position 5") != std::string::npos);
  CHECK(error.advice == Advice::newest_of_chain);
  CHECK(append(*journal, {correction("2", "1")})->already == 1);  // a retry is none

  const Batch forked({correction("4", "1")});
  NewEvent event = forked.events()[0];
  event.fork = true;
  CHECK(journal->append({&event, 1})->recorded == 1);
}
