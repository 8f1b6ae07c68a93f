#include <algorithm>
#include <map>

#include "tests/engine/support/segments.hpp"
#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/engine_recorded_disk.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr Layout kTiny{2, 1};  // the scenario merges segments of 4, 8, 16 and 32 events
constexpr int kBatches = 11;
constexpr int kBatch = 3;
const auto kFamiliesOfIndex = {Family::timeline, Family::ids};

std::vector<Draft> batch_of(int number) {
  std::vector<Draft> batch;
  for (int i = 0; i < kBatch; ++i)
    batch.push_back(
        {"park/" + std::to_string((number + i) % 4), std::to_string(number * kBatch + i)});
  return batch;
}

/// A store that holds the first batches, as no crash ever touched it.
class Untouched {
 public:
  const std::array<Entries, kFamilies>& entries(std::uint64_t head) {
    auto& known = known_[head];
    if (known[static_cast<std::size_t>(Family::log)].empty() && head > 0) {
      TestJournal t(kTiny);
      for (int i = 0; i < static_cast<int>(head) / kBatch; ++i) t.record(batch_of(i));
      known = t.entries();
    }
    return known;
  }

 private:
  std::map<std::uint64_t, std::array<Entries, kFamilies>> known_;
};

std::array<Entries, kFamilies> entries_at(const Disk& disk) {
  const auto store = Store::open(disk, "/store", Access::read);
  REQUIRE_MESSAGE(store, store.error().what);
  std::array<Entries, kFamilies> all;
  for (const Family family : {Family::log, Family::names, Family::ids, Family::timeline})
    all[static_cast<std::size_t>(family)] = entries_of(**store, family);
  return all;
}

/// What was acknowledged is there, in whole batches, and the index is that of a store
/// which nothing happened to; also after more was appended.
void check_recovered(const Disk& disk, std::uint64_t acknowledged, Untouched& untouched) {
  ManualClock clock;
  auto journal = Journal::open(disk, "/store", clock, dating_of);
  REQUIRE_MESSAGE(journal, journal.error().what);
  Log& log = (*journal)->log();
  const std::uint64_t head = log.head().value;
  CHECK(head >= acknowledged);
  CHECK(head <= acknowledged + kBatch);
  REQUIRE(head % kBatch == 0);
  CHECK(entries_at(disk) == untouched.entries(head));
  check_pages_of_segments(entries_at(disk), log.head(), kTiny);
  for (std::uint64_t i = 0; i < head + 3; ++i)
    CHECK(log.find(std::to_string(i)).value() ==
          (i < head ? std::vector{Position{i + 1}} : std::vector<Position>{}));
  check_verified(log);
  constexpr int kMore = 3;
  const int next = static_cast<int>(head) / kBatch;
  for (int i = next; i < next + kMore; ++i) REQUIRE(append(**journal, batch_of(i)));
  journal->reset();
  CHECK(entries_at(disk) == untouched.entries(head + kMore * kBatch));
}

/// What a crash leaves of a store after each step from the `from`-th on, when the power or
/// only the program fails.
void for_each_crash(const RecordedDisk& disk, std::size_t from,
                    const std::function<void(const Disk&, std::uint64_t noted)>& check) {
  CrashStates states;
  const auto steps = disk.steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& [step, noted] = steps[i];
    if (i >= from && (step.operation & (kWrite | kSync)) && step.path.ends_with(".log")) {
      CAPTURE(i);
      check(states.after_stop(step), noted);
      check(states.after_power_loss(), noted);
    }
    states.apply(step);
  }
}

}  // namespace

TEST_CASE("wherever a crash meets a write, the index comes back as if nothing had been") {
  const Disk memory = Disk::memory();
  const auto disk = std::make_shared<RecordedDisk>(memory);
  std::size_t begin = 0;
  {
    TestJournal t(as_disk(disk), "/store", kTiny);
    begin = disk->steps().size();
    for (int i = 0; i < kBatches; ++i) {
      t.record(batch_of(i));
      disk->note(static_cast<std::uint64_t>(i + 1) * kBatch);
      if (i == 6) t.reopen();
    }
  }
  int crashes = 0;
  Untouched untouched;
  for_each_crash(*disk, begin, [&](const Disk& left, std::uint64_t acknowledged) {
    check_recovered(left, acknowledged, untouched);
    ++crashes;
  });
  CHECK(crashes > 4 * kBatches);
}

TEST_CASE("whichever write fails while segments are merged, the index comes back whole") {
  Untouched untouched;
  for (int n = 1;; ++n) {
    CAPTURE(n);
    const Disk memory = Disk::memory();
    const auto faulty = std::make_shared<FaultyDisk>(memory);
    std::uint64_t acknowledged = 0;
    bool failed = false;
    {
      TestJournal t(as_disk(faulty), "/store", kTiny);
      faulty->inject({.files = ".log", .at = n});
      for (int i = 0; i < kBatches; ++i) {
        const auto appended = append(t.journal(), batch_of(i));
        if (appended) {
          CHECK(!failed);
          acknowledged += appended->recorded;
        }
        failed = failed || !appended;
      }
      // What the journal that broke has recorded, it still finds.
      CHECK(t.log().head().value == acknowledged);
      std::uint64_t rows = 0;
      CHECK(t.log().all_rows([&](SubjectNumber, Rows some) {
        rows += some.size();
        return true;
      }));
      CHECK(rows == acknowledged);
    }
    check_recovered(memory, acknowledged, untouched);
    if (!failed) break;
  }
}

TEST_CASE("a rebuild that crashes anywhere is finished when the journal is opened") {
  const Disk memory = Disk::memory();
  const auto disk = std::make_shared<RecordedDisk>(memory);
  std::size_t begin = 0;
  {
    TestJournal t(as_disk(disk), "/store", kTiny);
    for (int i = 0; i < kBatches; ++i) t.record(batch_of(i));
    begin = disk->steps().size();
    REQUIRE(t.journal().rebuild());
  }
  int crashes = 0;
  Untouched untouched;
  for_each_crash(*disk, begin, [&](const Disk& left, std::uint64_t) {
    check_recovered(left, kBatches * kBatch, untouched);
    ++crashes;
  });
  CHECK(crashes > 20);
}

TEST_CASE("pages of segments to come that a crash left behind are written again") {
  TestJournal t(kTiny), later(kTiny);
  for (int i = 0; i < kBatches; ++i) {
    if (i < 5) t.record(batch_of(i));
    later.record(batch_of(i));
    const auto ahead = later.entries();
    if (i < 5) continue;
    const auto store = t.bare();
    auto half = store->batch();
    for (const Family family : kFamiliesOfIndex)
      for (const auto& [key, value] : ahead[static_cast<std::size_t>(family)])
        if (key.size() % 2 == 0 || value.size() % 2 == 0) half.put(family, key, value);
    REQUIRE(store->write(half, true));
  }
  t.reopen();
  CHECK(t.log().find(std::to_string(5 * kBatch)).value().empty());
  check_verified(t.log());
  for (int i = 5; i < kBatches; ++i) {
    t.record(batch_of(i));
    check_verified(t.log());
  }
  CHECK(t.entries() == later.entries());
}

TEST_CASE("a crash within a merge that takes several writes leaves nothing behind") {
  constexpr Layout kLarge{15, 1};
  constexpr int kEvents = 1 << 16;
  constexpr int kAtOnce = 1 << 12;
  Random random(20260101);
  const Disk memory = Disk::memory();
  const auto disk = std::make_shared<RecordedDisk>(memory);
  TestJournal t(as_disk(disk), "/store", kLarge);
  for (int i = 0; i < kEvents; i += kAtOnce) {
    std::vector<Draft> drafts;
    for (int n = i; n < i + kAtOnce; ++n) {
      Draft draft{"park/" + std::to_string(random.below(99)), std::to_string(n)};
      draft.day = random.below(2'000'000'000) - 1'000'000'000;  // rows that take many bytes
      draft.kind = static_cast<std::uint8_t>(random.below(256));
      drafts.push_back(std::move(draft));
    }
    t.record(drafts);
    disk->note(static_cast<std::uint64_t>(i) + kAtOnce);
  }
  t.close();  // waits until the merge is done
  const auto steps = disk->steps();
  t.reopen();
  const auto kept = t.entries();
  check_pages_of_segments(kept, t.log().head(), kLarge);
  CrashStates states;
  int crashes = 0;
  for (const auto& [step, recorded] : steps) {
    const bool merging = recorded == kEvents;  // the events themselves are on disk
    if (merging && step.operation == kWrite && step.path.ends_with(".log")) {
      ManualClock clock;
      const Disk left = states.after_stop(step);
      const auto journal = Journal::open(left, "/store", clock, dating_of);
      REQUIRE(journal);
      CHECK((*journal)->log().head() == t.log().head());
      CHECK((entries_at(left) == kept));
      ++crashes;
    }
    states.apply(step);
  }
  CHECK(crashes >= 3);
}
