// A transaction that is larger than memory goes into the store in files, all at once or not at all.

#include <algorithm>

#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/engine_recorded_disk.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr int kBefore = 5;  // so that the transaction begins within a block
constexpr int kPieces = 9;
constexpr int kInPiece = 17;
constexpr int kAll = kBefore + kPieces * kInPiece;  // some 6 MB
constexpr std::size_t kText = 40'000;

Draft draft_of(int n) {
  Draft draft{"park/" + std::to_string(n % 7), std::to_string(n),
              std::string(kText, static_cast<char>('a' + n % 26))};
  if (n % 9 == 8) draft.supersedes = std::to_string(n - 7);
  if (n % 20 == 19) draft.source = "urn:source-" + std::to_string(n);
  return draft;
}

std::vector<Draft> drafts_of(int first, int count) {
  std::vector<Draft> drafts;
  for (int n = first; n < first + count; ++n) drafts.push_back(draft_of(n));
  return drafts;
}

void record_before(TestJournal& t) {
  for (int n = 0; n < kBefore; ++n) t.record({draft_of(n)});
}

/// Everything but its end.
std::unique_ptr<Transaction> filled(TestJournal& t) {
  auto transaction = t.journal().begin();
  REQUIRE_MESSAGE(transaction, transaction.error().what);
  for (int i = 0; i < kPieces; ++i) {
    const Batch piece(drafts_of(kBefore + i * kInPiece, kInPiece));
    const auto appended = (*transaction)->append(piece.events());
    REQUIRE_MESSAGE(appended, appended.error().what);
    CHECK(appended->recorded == kInPiece);
  }
  return std::move(*transaction);
}

void record_after(TestJournal& t) {
  t.record(drafts_of(kAll, 3));
  t.reopen();
  t.record(drafts_of(kAll + 3, 70));
}

bool has_made_files(const TestJournal& t) {
  std::vector<std::string> files;
  return t.disk().env()->GetChildren(t.directory() + "/batch", &files).ok() && !files.empty();
}

}  // namespace

TEST_CASE("a transaction larger than memory is the same log as appends make") {
  TestJournal t, plain;
  record_before(t);
  record_before(plain);
  const auto follower = t.reader();
  auto transaction = filled(t);
  CHECK(has_made_files(t));
  REQUIRE(follower->catch_up());
  CHECK(follower->head() == Position{kBefore});
  CHECK(t.log().head() == Position{kBefore});
  REQUIRE(transaction->commit());
  transaction.reset();
  CHECK(!has_made_files(t));
  CHECK(t.log().head() == Position{kAll});
  REQUIRE(follower->catch_up());
  CHECK(all_of(*follower) == all_of(t.log()));
  check_verified(t.log());

  for (int i = 0; i < kPieces; ++i) plain.record(drafts_of(kBefore + i * kInPiece, kInPiece));
  CHECK(t.entries() == plain.entries());
  record_after(t);
  record_after(plain);
  CHECK(t.entries() == plain.entries());
  check_verified(t.log());
}

TEST_CASE("a transaction larger than memory leaves nothing where it is rolled back") {
  TestJournal t, plain;
  for (TestJournal* each : {&t, &plain}) record_before(*each);
  {
    const auto transaction = filled(t);
    transaction->roll_back();
    CHECK(!has_made_files(t));
  }
  for (TestJournal* each : {&t, &plain}) {
    each->record(drafts_of(kBefore, 20));
    each->reopen();
    each->record(drafts_of(kBefore + 20, 70));
  }
  CHECK(t.entries() == plain.entries());
  check_verified(t.log());
}

TEST_CASE("what a program that was killed had made for a transaction is removed") {
  TestJournal t;
  record_before(t);
  REQUIRE(t.disk().env()->CreateDirIfMissing(t.directory() + "/batch").ok());
  REQUIRE(rocksdb::WriteStringToFile(t.disk().env(), "half", t.directory() + "/batch/1.sst").ok());
  t.reopen();
  CHECK(!has_made_files(t));
  REQUIRE(filled(t)->commit());
  check_verified(t.log());
}

TEST_CASE("wherever a crash meets a transaction larger than memory, it is whole or absent" *
          doctest::test_suite("long")) {
  const Disk memory = Disk::memory();
  const auto disk = std::make_shared<RecordedDisk>(memory);
  std::size_t begin = 0;
  {
    TestJournal t(as_disk(disk));
    record_before(t);
    begin = disk->steps().size();
    const auto transaction = filled(t);
    REQUIRE(transaction->commit());
    disk->note(kAll);
  }
  CrashStates states;
  int whole = 0, absent = 0;
  const auto steps = disk->steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& [step, noted] = steps[i];
    if (i >= begin) {
      CAPTURE(i);
      for (const Disk& left : {states.after_stop(step), states.after_power_loss()}) {
        ManualClock clock;
        const auto journal = Journal::open(left, "/store", clock, dating_of);
        REQUIRE_MESSAGE(journal, journal.error().what);
        const std::uint64_t head = (*journal)->log().head().value;
        CHECK((head == kAll || (head == kBefore && noted == 0)));
        ++(head == kAll ? whole : absent);
        check_verified((*journal)->log());
        CHECK(append(**journal, {{"park/new", "new"}}));
      }
    }
    states.apply(step);
  }
  CHECK(whole > 0);
  CHECK(absent > 0);
}

TEST_CASE("a transaction larger than memory that the disk fails is whole or absent" *
          doctest::test_suite("long")) {
  int failed = 0;
  for (int n = 1; n < 1'000; n += 1 + n / 8) {
    CAPTURE(n);
    const Disk memory = Disk::memory();
    const auto faulty = std::make_shared<FaultyDisk>(memory);
    TestJournal t(as_disk(faulty));
    record_before(t);
    auto transaction = filled(t);
    faulty->inject({.operations = kCreate | kWrite | kSync | kSyncDirectory | kLink, .at = n});
    const auto committed = transaction->commit();
    transaction.reset();
    const bool met = faulty->struck() > 0;
    faulty->heal();
    if (!committed) {
      ++failed;
      CHECK(committed.error().code == Errc::io);
      CHECK(t.log().head() == Position{kBefore});
      CHECK(t.journal().begin().error().code == Errc::io);
    }
    t.reopen();
    const auto head = t.log().head().value;
    CHECK((head == kAll || (!committed && head == kBefore)));
    check_verified(t.log());
    if (!met) break;
  }
  CHECK(failed > 3);
}

TEST_CASE("a disk that fails while a transaction larger than memory is made refuses its commit") {
  const Disk memory = Disk::memory();
  const auto faulty = std::make_shared<FaultyDisk>(memory);
  TestJournal t(as_disk(faulty));
  record_before(t);
  faulty->inject({.operations = kCreate | kWrite, .files = "/batch/"});
  auto transaction = filled(t);
  CHECK(transaction->commit().error().code == Errc::io);
  transaction.reset();
  faulty->heal();
  t.reopen();
  CHECK(t.log().head() == Position{kBefore});
  REQUIRE(filled(t)->commit());
  CHECK(t.log().head() == Position{kAll});
  check_verified(t.log());
}
