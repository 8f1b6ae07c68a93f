#include "tests/support/engine_fixture.hpp"
#include "tests/support/engine_recorded_disk.hpp"

#include <rocksdb/env.h>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace solnoma;
using namespace solnoma::test;

namespace {

void grow(TestJournal& t, int from, int to) {
  for (int i = from; i < to; ++i) {
    t.clock.advance(std::chrono::microseconds{7});
    const std::string n = std::to_string(i);
    t.record({{"park/" + std::to_string(i % 11), n, std::string(static_cast<std::size_t>(i), 'x'),
               "urn:" + std::to_string(i % 4)},
              {"park/0", n + "c", "", "urn:c", "", "", i, 3}});
    if (i > 0) t.record({{"park/0", n + "d", "", "urn:d", std::to_string(i - 1) + "c", "urn:c"}});
  }
}

Result<Position> copy(TestJournal& to, TestJournal& from, Position upto = kNewest) {
  return to.journal().copy_from(from.log(), upto);
}

}  // namespace

TEST_CASE("a copied log has the same blocks, index and instants") {
  TestJournal original, whole, pieces;
  grow(original, 0, 150);
  CHECK(copy(whole, original) == original.log().head());
  CHECK(whole.entries() == original.entries());
  check_verified(whole.log());

  for (const std::uint64_t upto : {1U, 100U, 256U, 257U, 300U})
    CHECK(copy(pieces, original, Position{upto}) == Position{upto});
  pieces.reopen();
  CHECK(copy(pieces, original, Position{7}) == Position{300});
  grow(original, 150, 200);
  CHECK(copy(pieces, original) == original.log().head());
  CHECK(copy(pieces, original) == original.log().head());
  CHECK(pieces.entries() == original.entries());
}

TEST_CASE("a copy goes on as the original would have") {
  TestJournal original, spare;
  grow(original, 0, 20);
  CHECK(copy(spare, original));
  spare.clock.set(original.clock.now());
  grow(original, 20, 40);
  grow(spare, 20, 40);
  CHECK(spare.entries() == original.entries());
}

TEST_CASE("what a copy brought is known to the next append, rehearsals or not") {
  TestJournal original, spare;
  original.record({{"park/a", "1"}});
  CHECK(copy(spare, original));
  const Batch rehearsal({{"park/a", "x"}, {"park/new", "y", "", "urn:new"}});
  CHECK(spare.journal().try_append(rehearsal.events()));
  original.record({{"park/a", "2"}, {"park/b", "3", "", "urn:b"}});
  CHECK(copy(spare, original));
  spare.record({{"park/a", "4"}, {"park/b", "5", "", "urn:b"}},
               {{"park/a", Exactly{Revision{2}}}, {"park/b", Exactly{Revision{1}}}});
  check_verified(spare.log());
}

TEST_CASE("only a prefix of the original is copied into") {
  TestJournal original, other;
  original.record({{"park/a", "1"}, {"park/a", "2"}});
  SUBCASE("another log") {
    other.record({{"park/a", "2"}});
    CHECK(copy(other, original).error().code == Errc::conflict);
    CHECK(other.log().head() == Position{1});
  }
  SUBCASE("a longer log") {
    CHECK(copy(other, original));
    other.record({{"park/a", "3"}});
    CHECK(copy(other, original).error().code == Errc::conflict);
  }
  other.record({{"park/a", "9"}});  // the refusal left the journal usable
  check_verified(other.log());
}

TEST_CASE("a copy is taken beside the writer, from a reader") {
  TestJournal original, spare;
  grow(original, 0, 30);
  const auto reader = original.reader();
  grow(original, 30, 40);
  CHECK(spare.journal().copy_from(*reader, kNewest) == reader->head());
  CHECK(all_of(spare.log()) == all_of(*reader));
}

TEST_CASE("a copy that was interrupted is not taken for a whole one, and is finished") {
  TestJournal original;
  constexpr std::uint64_t kEvents = 50;  // of 1 MB: copied in several batches
  for (std::uint64_t i = 0; i < kEvents; ++i)
    original.record({{"park/a", std::to_string(i), std::string(1'000'000, 'x')}});
  const Disk memory = Disk::memory();
  const auto disk = std::make_shared<RecordedDisk>(memory);
  {
    TestJournal whole(as_disk(disk));
    CHECK(copy(whole, original) == Position{kEvents});
    CHECK(whole.reader()->head() == Position{kEvents});
  }
  int unfinished = 0;
  CrashStates states;
  for (const auto& [step, noted] : disk->steps()) {
    states.apply(step);
    const bool is_batch =
        step.path.ends_with(".log") || step.path.find("MANIFEST") != std::string::npos;
    if (step.operation != kSync || !is_batch) continue;
    const Disk left = states.after_power_loss();
    ManualClock clock;
    const auto log = Log::open(left, "/store", dating_of);
    if (!log &&
        log.error().what.find("an unfinished copy: it ends at position") != std::string::npos) {
      CHECK(log.error().code == Errc::unavailable);
      ++unfinished;
      const auto part = Log::open(left, "/store", dating_of, Copies::unfinished_too);
      REQUIRE(part);
      CHECK((*part)->head().value > 0);
      check_verified(**part);
      const auto journal = Journal::open(left, "/store", clock, dating_of);
      REQUIRE(journal);
      CHECK(append(**journal, {{"park/a", "new"}}).error().code == Errc::unavailable);
      CHECK((*journal)->copy_from(original.log(), kNewest) == Position{kEvents});
      CHECK(append(**journal, {{"park/a", "new"}}));
    } else if (log) {
      CHECK(((*log)->head() == Position{0} || (*log)->head() == Position{kEvents}));
    }
  }
  CHECK(unfinished >= 2);
}

TEST_CASE("a copy of another log is told by all of its events, not by its last ones") {
  TestJournal original, other;
  // All of one moment, as under a clock that was once ahead.
  original.record({{"park/a", "1"}, {"park/b", "2"}, {"park/c", "3"}});
  other.record({{"park/a", "1"}, {"park/c", "2"}, {"park/c", "3"}});
  other.record({{"park/c", "4"}});
  original.record({{"park/c", "4"}});
  original.record({{"park/a", "5"}});
  const auto refused = copy(other, original);
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::conflict);
  CHECK(refused.error().what.find("differ from position 2 on") != std::string::npos);
  CHECK(other.log().head() == Position{4});
  check_verified(other.log());
}

TEST_CASE("a copy is no store before its first event, whenever it is interrupted") {
  TestJournal original;
  original.record({{"park/a", "1"}, {"park/b", "2"}});
  const Position end = original.log().head();
  const Disk memory = Disk::memory();
  const auto disk = std::make_shared<RecordedDisk>(memory);
  {
    ManualClock clock;
    REQUIRE(Journal::create_copy(as_disk(disk), "/store", end));
    const auto journal = Journal::open(as_disk(disk), "/store", clock, dating_of);
    REQUIRE(journal);
    CHECK((*journal)->copy_from(original.log(), end) == end);
  }
  int nothing = 0, unfinished = 0, whole = 0;
  CrashStates states;
  for (const auto& [step, noted] : disk->steps()) {
    for (const Disk& left : {states.after_stop(step), states.after_power_loss()}) {
      const auto log = Log::open(left, "/store", dating_of);
      if (log) {
        CHECK((*log)->head() == end);
        ++whole;
        continue;
      }
      CHECK(log.error().code == Errc::unavailable);
      ManualClock clock;
      const bool is_copy = log.error().advice == Advice::finish_copy;
      ++(is_copy ? unfinished : nothing);
      if (!is_copy) CHECK(Journal::create_copy(left, "/store", end));
      const auto journal = Journal::open(left, "/store", clock, dating_of);
      REQUIRE_MESSAGE(journal, journal.error().what);
      CHECK(append(**journal, {{"park/a", "new"}}).error().code == Errc::unavailable);
      CHECK((*journal)->copy_from(original.log(), end) == end);
      CHECK(append(**journal, {{"park/a", "new"}}));
    }
    states.apply(step);
  }
  CHECK(nothing > 0);
  CHECK(unfinished > 0);
  CHECK(whole > 0);
}

TEST_CASE("a copy that has all of its original is whole, whatever it was to become") {
  TestJournal original;
  const Disk disk = Disk::memory();
  ManualClock clock;
  REQUIRE(Journal::create_copy(disk, "/store", Position{7}));
  const auto journal = Journal::open(disk, "/store", clock, dating_of);
  REQUIRE(journal);
  CHECK((*journal)->copy_from(original.log(), kNewest) == Position{0});
  CHECK(append(**journal, {{"park/a", "1"}}));
  CHECK(Log::open(disk, "/store", dating_of));
}

TEST_CASE("a log of many files is read, found and copied as one of a single file is") {
  TestJournal t, copied;
  const std::string text(4000, 'x');
  const auto sorted_files = [&] {
    std::vector<std::string> names;
    REQUIRE(t.disk().env()->GetChildren(t.directory() + "/db", &names).ok());
    return std::ranges::count_if(names, [](const std::string& n) { return n.ends_with(".sst"); });
  };
  const auto before = sorted_files();
  constexpr int kBatches = 150;
  constexpr int kEach = 64;
  for (int i = 0; i < kBatches; ++i) {
    std::vector<Draft> drafts;
    for (int j = 0; j < kEach; ++j)
      drafts.push_back({"park/" + std::to_string(j), std::to_string(i * kEach + j), text});
    t.record(std::move(drafts));
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  while (sorted_files() == before && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  CHECK(sorted_files() > before);  // beside the writer, which is still at it
  // Whoever opens the store after a crash replays the write-ahead logs: not much is left in them.
  const auto left_in_logs = [&] {
    rocksdb::Env& env = *t.disk().env();
    std::vector<rocksdb::Env::FileAttributes> files;
    REQUIRE(env.GetChildrenFileAttributes(t.directory() + "/db", &files).ok());
    std::uint64_t bytes = 0;
    for (const auto& file : files)
      if (file.name.ends_with(".log")) bytes += file.size_bytes;
    return bytes;
  };
  constexpr std::uint64_t kMost = 32 << 20;
  while (left_in_logs() > kMost && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  CHECK(left_in_logs() <= kMost);

  for (int i = 0; i < kBatches * kEach; i += 97)
    CHECK(t.log().find(std::to_string(i)) ==
          std::vector{Position{static_cast<std::uint64_t>(i) + 1}});
  const auto end = copy(copied, t);
  REQUIRE_MESSAGE(end, end.error().what);
  CHECK(end == t.log().head());
  CHECK(copied.entries() == t.entries());
  check_verified(t.log());
}
