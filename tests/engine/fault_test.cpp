#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("whichever write fails, what was acknowledged survives, and each batch is whole") {
  for (int n = 1;; ++n) {
    CAPTURE(n);
    const Disk memory = Disk::memory();
    const auto faulty = std::make_shared<FaultyDisk>(memory);
    TestJournal t(as_disk(faulty));
    faulty->inject({.files = ".log", .at = n});
    std::uint64_t acknowledged = 0;
    std::optional<Error> error;
    for (int i = 0; i < 5; ++i) {
      const std::string id = std::to_string(i);
      const auto appended = append(t.journal(), {{"park/a", id}, {"park/b", id + "b"}});
      if (appended) {
        CHECK(!error);  // once broken, it stays so
        acknowledged += appended->recorded;
      } else {
        CHECK(appended.error().code == Errc::io);
        error = appended.error();
        CHECK(t.log().head().value == acknowledged);
      }
    }
    faulty->heal();
    if (error) {
      CHECK(append(t.journal(), {}).error().code == Errc::io);
      CHECK(t.journal().rebuild().error().code == Errc::io);
      CHECK(t.journal().copy_from(t.log(), kNewest).error().code == Errc::io);
    }
    t.reopen();
    const std::uint64_t recovered = t.log().head().value;
    CHECK(recovered >= acknowledged);
    CHECK(recovered <= 10);
    CHECK(recovered % 2 == 0);
    check_verified(t.log());
    t.record({{"park/a", "0"}, {"park/a", "after"}});
    if (!error) break;
  }
}

TEST_CASE("a failed append of a group fails all that were in it") {
  const Disk memory = Disk::memory();
  const auto faulty = std::make_shared<FaultyDisk>(memory);
  TestJournal t(as_disk(faulty));
  t.record({{"park/a", "1"}});
  faulty->inject({.files = ".log"});
  CHECK(t.refused({{"park/a", "2"}}).code == Errc::io);
  const Error later = t.refused({{"park/a", "3"}});
  CHECK(later.what.find("injected") != std::string::npos);
  CHECK(later.remedy == "open the store again");
  CHECK(all_of(t.log()).size() == 1);
}

TEST_CASE("a clock that throws has an append refused, and breaks nothing") {
  struct Throwing : Clock {
    bool throws = true;
    Instant now() override {
      if (throws) throw std::runtime_error("no time");
      return {};
    }
  } clock;
  TestJournal t;
  t.close();
  auto journal = Journal::open(t.disk(), t.directory(), clock, dating_of);
  REQUIRE(journal);
  for (int i = 0; i < 2; ++i) {
    const auto refused = append(**journal, {{"park/a", "1"}});
    REQUIRE(!refused);
    CHECK(refused.error().code == Errc::unavailable);
    CHECK(refused.error().what == "no time");
  }
  clock.throws = false;
  CHECK(append(**journal, {{"park/a", "1"}}));
  CHECK(all_of((*journal)->log()).size() == 1);
}

TEST_CASE("an error of the disk is called what it is") {
  const Disk memory = Disk::memory();
  const auto faulty = std::make_shared<FaultyDisk>(memory);
  TestJournal t(as_disk(faulty), "/block");  // a name with "lock" in it
  t.close();
  const auto opened = [&](const char* file, const char* message) {
    faulty->unreadable = file;
    faulty->message = message;
    return Journal::open(t.disk(), t.directory(), t.clock, dating_of).error().code;
  };
  CHECK(opened("CURRENT", "Input/output error, block device gone") == Errc::io);
  CHECK(opened("/FORMAT", "Input/output error") == Errc::io);
  CHECK(opened("/FORMAT", "Permission denied") == Errc::unavailable);
  CHECK(opened("/LOCK", "Permission denied") == Errc::unavailable);
  CHECK(opened("/LOCK", "Input/output error") == Errc::io);
  faulty->unreadable = "/LOCK";
  faulty->message = "Permission denied";
  CHECK(Journal::open(t.disk(), t.directory(), t.clock, dating_of).error().what.find("in use") ==
        std::string::npos);
  faulty->unreadable.clear();
  t.reopen();
}
