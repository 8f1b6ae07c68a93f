#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("a batch is recorded only where its expectations hold") {
  TestJournal t;
  t.record({{"park/a", "1"}}, {{"park/a", NewSubject{}}});
  t.record({{"park/a", "2"}}, {{"park/a", Exactly{Revision{1}}}});
  t.record({{"park/a", "3"}}, {{"park/a", AnyRevision{}}});
  t.record({{"park/b", "4"}}, {{"park/b", Exactly{Revision{0}}}});
  CHECK(t.refused({{"park/a", "5"}}, {{"park/a", NewSubject{}}}).code == Errc::conflict);
  CHECK(t.refused({{"park/a", "5"}}, {{"park/a", Exactly{Revision{2}}}}).code == Errc::conflict);
  CHECK(t.refused({{"park/a", "5"}}, {{"park/a", Exactly{Revision{4}}}}).code == Errc::conflict);
  CHECK(t.refused({{"park/c", "5"}}, {{"park/c", Exactly{Revision{1}}}}).code == Errc::conflict);
  CHECK(t.log().head() == Position{4});
}

TEST_CASE("an expectation speaks of the subject before the batch") {
  TestJournal t;
  t.record({{"park/a", "1"}, {"park/a", "2"}, {"park/b", "3"}},
           {{"park/a", NewSubject{}}, {"park/b", NewSubject{}}});
  t.reopen();
  t.record({{"park/a", "4"}, {"park/b", "5"}, {"park/a", "6"}},
           {{"park/a", Exactly{Revision{2}}}, {"park/b", Exactly{Revision{1}}}});
  CHECK(t.log().revision(SubjectNumber{0}) == Revision{4});
}

TEST_CASE("one expectation that fails keeps the whole batch out") {
  TestJournal t;
  t.record({{"park/a", "1"}});
  t.refused({{"park/a", "2"}, {"park/b", "3"}},
            {{"park/a", Exactly{Revision{1}}}, {"park/b", Exactly{Revision{7}}}});
  CHECK(t.log().head() == Position{1});
  CHECK(t.log().subject("park/b").value() == std::nullopt);
}

TEST_CASE("a subject that the batch does not touch can be expected as well") {
  TestJournal t;
  t.record({{"park/a", "1"}});
  t.reopen();
  t.record({{"park/b", "2"}}, {{"park/a", Exactly{Revision{1}}}, {"park/none", NewSubject{}}});
  CHECK(t.refused({{"park/b", "3"}}, {{"park/a", NewSubject{}}}).code == Errc::conflict);
  CHECK(t.refused({{"park/b", "3"}}, {{"park/none", Exactly{Revision{1}}}}).code == Errc::conflict);
}

TEST_CASE("a retry of what is recorded succeeds whatever it expects") {
  TestJournal t;
  const std::vector<Expectation> as_new{{"park/a", NewSubject{}}};
  t.record({{"park/a", "1"}, {"park/a", "2"}}, as_new);
  const auto retried = t.record({{"park/a", "1"}, {"park/a", "2"}}, as_new);
  CHECK(retried.already == 2);
  CHECK(t.refused({{"park/a", "1"}, {"park/a", "3"}}, as_new).code == Errc::conflict);
}
