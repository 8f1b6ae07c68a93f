// A log to try things on: what is done to it is not done to its original.

#include <rocksdb/env.h>

#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

void grow_by(TestJournal& t, int from, int to) {
  for (int i = from; i < to; ++i) {
    t.clock.advance(std::chrono::microseconds{7});
    const std::string n = std::to_string(i);
    t.record({{"park/" + std::to_string(i % 11), n, std::string(static_cast<std::size_t>(i), 'x'),
               "urn:" + std::to_string(i % 4)}});
  }
}

Result<Appended> add(Journal& journal, const std::string& subject, const std::string& id) {
  return append(journal, {{subject, id, "text", "urn:t"}});
}

}  // namespace

TEST_CASE("what is appended to a trial is in the trial alone, and gone with it") {
  TestJournal t;
  grow_by(t, 0, 300);
  const auto before = t.entries();
  {
    auto trial = t.journal().trial();
    REQUIRE(trial);
    CHECK((*trial)->log().head() == t.log().head());
    REQUIRE(add(**trial, "park/new", "n"));
    CHECK((*trial)->log().head() == t.log().head().next());
    CHECK((*trial)->log().find("urn:t", "n")->has_value());
    CHECK(add(**trial, "park/new", "299")->recorded == 1);  // of another source
    check_verified((*trial)->log());
  }
  CHECK(t.entries() == before);
  CHECK(!t.log().subject("park/new")->has_value());
  t.reopen();
  CHECK(t.entries() == before);
  check_verified(t.log());
}

TEST_CASE("a log takes over what was tried, as it would have recorded it itself") {
  for (const int size : {0, 1, 255, 256, 700}) {
    TestJournal t, plain;
    grow_by(t, 0, size);
    grow_by(plain, 0, size);
    auto trial = t.journal().trial();
    REQUIRE(trial);
    plain.clock.set(t.clock.now());
    for (int i = 0; i < 1500; ++i) {
      const std::string n = std::to_string(i);
      REQUIRE(add(**trial, "park/" + std::to_string(i % 13), "n" + n));
      REQUIRE(add(plain.journal(), "park/" + std::to_string(i % 13), "n" + n));
    }
    CHECK(t.journal().take(**trial) == plain.log().head());
    CHECK(t.entries() == plain.entries());
    REQUIRE(add(t.journal(), "park/after", "a"));
    REQUIRE(add(plain.journal(), "park/after", "a"));
    trial->reset();
    CHECK(t.entries() == plain.entries());
    t.reopen();
    CHECK(t.entries() == plain.entries());
    check_verified(t.log());
  }
}

TEST_CASE("a log that went on meanwhile takes nothing over") {
  TestJournal t;
  grow_by(t, 0, 20);
  auto trial = t.journal().trial();
  REQUIRE(trial);
  REQUIRE(add(**trial, "park/new", "n"));
  REQUIRE(add(**trial, "park/new", "m"));
  grow_by(t, 20, 21);
  const auto taken = t.journal().take(**trial);
  REQUIRE(!taken);
  CHECK(taken.error().code == Errc::conflict);
}

TEST_CASE("what is left of a trial that was interrupted is in nobody's way") {
  const Disk disk = Disk::memory();
  TestJournal t(disk);
  grow_by(t, 0, 20);
  rocksdb::Env& env = *disk.env();
  REQUIRE(env.CreateDirIfMissing("/store/trial").ok());
  REQUIRE(env.CreateDirIfMissing("/store/trial/db.tmp").ok());
  REQUIRE(rocksdb::WriteStringToFile(&env, "half", "/store/trial/db.tmp/000004.log").ok());
  t.reopen();
  check_verified(t.log());
  auto trial = t.journal().trial();
  REQUIRE(trial);
  CHECK((*trial)->log().head() == t.log().head());
  trial->reset();
  CHECK(!env.FileExists("/store/trial/FORMAT").ok());
}

TEST_CASE(
    "what derives from a large trial waits on the disk, and is in the index as from any other" *
    doctest::test_suite("long")) {
  constexpr int kEvents = 130'000, kSubjects = 20'000;
  const Disk disk = Disk::memory();
  TestJournal t(disk);
  grow_by(t, 0, 20);
  t.reopen();  // what derives from these is not in memory
  auto trial = t.journal().trial();
  REQUIRE(trial);
  const auto name = [](int i) { return "park/many-" + std::to_string(i % kSubjects); };
  for (int i = 0; i < kEvents; i += 1000) {
    std::vector<Draft> drafts;
    for (int j = i; j < i + 1000; ++j)
      drafts.push_back(
          {name(j), "m" + std::to_string(j), "text", "urn:t",
           j < kSubjects || j >= 2 * kSubjects ? "" : "m" + std::to_string(j - kSubjects)});
    REQUIRE(append(**trial, drafts)->recorded == 1000);
  }
  const auto head = t.journal().take(**trial);
  REQUIRE(head);
  CHECK(*head == (*trial)->log().head());
  const auto tried = (*trial)->log().tree_head(*head);
  REQUIRE(tried);
  CHECK(*t.log().tree_head(*head) == *tried);
  trial->reset();
  CHECK(!disk.env()->FileExists("/store/scratch").ok());

  // The journal knows what it has taken over: ids, revisions, and what is superseded.
  CHECK(append(t.journal(), {{name(7), "m7", "text", "urn:t"}})->already == 1);
  const auto next = append(t.journal(), {{name(7), "next", "text", "urn:t"}});
  REQUIRE(next);
  CHECK(t.log().rows(**t.log().subject(name(7)))->size() == kEvents / kSubjects + 2);
  CHECK(*t.log().subject_count() == kSubjects + 11);
  check_verified(t.log());
  t.reopen();
  CHECK(append(t.journal(), {{name(9), "m9", "text", "urn:t"}})->already == 1);
  check_verified(t.log());
}

TEST_CASE(
    "where nothing can be put down beside the log, a large trial is not taken, or stands in it") {
  constexpr int kEvents = 20'000;
  for (const bool lost : {false, true}) {  // or: never there
    CAPTURE(lost);
    const auto faulty = std::make_shared<FaultyDisk>(Disk::memory());
    TestJournal t(as_disk(faulty));
    grow_by(t, 0, 20);
    auto trial = t.journal().trial();
    REQUIRE(trial);
    for (int i = 0; i < kEvents; i += 1000) {
      std::vector<Draft> drafts;
      for (int j = i; j < i + 1000; ++j)
        drafts.push_back({"park/" + std::to_string(j % 50), "m" + std::to_string(j), "text"});
      REQUIRE(append(**trial, drafts));
    }
    const Position all = (*trial)->log().head();
    if (lost)
      faulty->unreadable = "/scratch";
    else
      faulty->inject({.operations = kCreate | kWrite, .files = "/scratch"});
    const auto taken = t.journal().take(**trial);
    faulty->heal();
    faulty->unreadable.clear();
    CHECK(taken.has_value() == lost);
    CHECK(t.log().head() == (lost ? all : Position{20}));
    if (lost)  // what follows from the log is not known any more
      CHECK(add(t.journal(), "park/after", "a").error().code == Errc::io);
    else
      CHECK(t.journal().take(**trial) == all);
    check_verified(t.log());
    trial->reset();
    t.reopen();
    CHECK(t.log().head() == all);
    check_verified(t.log());
    CHECK(add(t.journal(), "park/after", "a"));
  }
}
