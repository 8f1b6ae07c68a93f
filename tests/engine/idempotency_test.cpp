#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("an event that is recorded already is not recorded again") {
  TestJournal t;
  t.record({{"park/a", "1", "x"}, {"park/b", "2"}});
  for (int restart = 0; restart < 2; ++restart) {
    const auto again = t.record({{"park/b", "2"}, {"park/a", "3"}, {"park/a", "1", "x"}});
    CHECK(again.recorded == (restart == 0 ? 1 : 0));
    CHECK(again.already == (restart == 0 ? 2 : 3));
    CHECK(again.positions == std::vector{Position{2}, Position{3}, Position{1}});
    t.reopen();
  }
  CHECK(t.log().head() == Position{3});
}

TEST_CASE("the same id with other content is a conflict, and nothing of the batch is kept") {
  TestJournal t;
  t.record({{"park/a", "1", "x"}});
  const auto before = t.entries();
  SUBCASE("another payload") {
    const Error error = t.refused({{"park/new", "2", "", "urn:new"}, {"park/a", "1", "y"}});
    CHECK(error.code == Errc::conflict);
    CHECK(error.where == "event 2");
  }
  SUBCASE("another subject") {
    CHECK(t.refused({{"park/b", "1", "x"}}).code == Errc::conflict);
  }
  CHECK(t.entries() == before);
  CHECK(t.log().head() == Position{1});
}

TEST_CASE("an event that stands twice in a batch is recorded once") {
  TestJournal t;
  const auto done = t.record({{"park/a", "1"}, {"park/a", "2"}, {"park/a", "1"}});
  CHECK(done.recorded == 2);
  CHECK(done.already == 1);
  CHECK(done.positions == std::vector{Position{1}, Position{2}, Position{1}});
  CHECK(t.log().head() == Position{2});
}

TEST_CASE("an id that stands twice in a batch, with other content, is a conflict") {
  TestJournal t;
  const Error error = t.refused({{"park/a", "1"}, {"park/a", "2"}, {"park/a", "1", "x"}});
  CHECK(error.code == Errc::conflict);
  CHECK(error.where == "event 3");
  CHECK(t.log().head() == Position{0});
}

TEST_CASE("each source has ids of its own") {
  TestJournal t;
  t.record({{"park/a", "1", "", "urn:x"}, {"park/a", "1", "", "urn:y"}});
  t.record({{"park/b", "1", "", "urn:z"}});
  t.reopen();
  CHECK(t.log().find("1").value() == std::vector{Position{1}, Position{2}, Position{3}});
  CHECK(t.log().find("urn:y", "1").value() == Position{2});
  CHECK(t.log().find("urn:y", "2").value() == std::nullopt);
  CHECK(t.log().find("urn:none", "1").value() == std::nullopt);
  CHECK(t.log().find("").value().empty());
  CHECK(t.log().find(std::string(300, '1')).value().empty());
}

TEST_CASE("an id is not mistaken for one that begins like it") {
  TestJournal t;
  const std::string nul("a\0", 2);
  const std::string four("a\0\0\0\0", 5);
  t.record({{"park/a", "a"}, {"park/a", nul}, {"park/a", four}, {"park/a", "ab"}});
  CHECK(t.log().find("a").value() == std::vector{Position{1}});
  CHECK(t.log().find(nul).value() == std::vector{Position{2}});
  CHECK(t.log().find(four).value() == std::vector{Position{3}});
  CHECK(t.log().find("urn:test", "ab").value() == Position{4});
}

TEST_CASE("a refused batch leaves no subject, no source and no id behind") {
  TestJournal t, untouched;
  t.record({{"park/a", "1"}});
  untouched.record({{"park/a", "1"}});
  t.refused({{"park/b", "2", "", "urn:b"}, {"park/c", "3", "", "urn:c"}, {"park/a", "1", "!"}});
  t.refused({{"park/b", "2", "", "urn:b"}}, {{"park/a", NewSubject{}}});
  for (auto* each : {&t, &untouched}) {
    each->record({{"park/c", "3", "", "urn:c"}, {"park/b", "2", "", "urn:b"}});
    each->record({{"park/a", "4"}, {"park/b", "5", "", "urn:c"}});
  }
  CHECK(t.entries() == untouched.entries());
  check_verified(t.log());
}
