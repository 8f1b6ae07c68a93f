#include "tests/sim/story.hpp"

#include <rocksdb/env.h>

#include <cstdlib>

#include "tests/support/random.hpp"

namespace solnoma::sim {

using test::Draft;
using test::Entries;
using test::Random;
using test::Seen;

namespace {

constexpr int kSubjects = 7;

/// Room for what tells the index apart from that of a real store.
Result<void> lay_out(const Disk& disk) {
  auto store = Store::open(disk, kStore, Access::write);
  if (!store) return std::unexpected(store.error());
  auto batch = (*store)->batch();
  batch.put(Family::meta, kLayout,
            std::string{static_cast<char>(kLayoutOfStory.segment_bits),
                        static_cast<char>(kLayoutOfStory.fan_bits)});
  return (*store)->write(batch, true);
}

std::array<Entries, kFamilies> entries_at(const Disk& disk, const char* directory) {
  const auto store = Store::open(disk, directory, Access::read);
  REQUIRE_MESSAGE(store, store.error().what);
  std::array<Entries, kFamilies> all;
  for (const Family family : {Family::log, Family::names, Family::ids, Family::timeline})
    all[static_cast<std::size_t>(family)] = test::entries_of(**store, family);
  return all;
}

bool exists(const Disk& disk, const std::string& path) {
  return disk.env()->FileExists(path).ok();
}

/// A copy is refused or ends with a batch, and can be finished.
void check_copy(const Disk& disk, const char* directory, const Log& original) {
  INFO("the copy ", directory);
  if (!exists(disk, std::string(directory) + "/FORMAT")) return;
  if (const auto seen = Log::open(disk, directory, test::dating_of)) {
    check_batches(test::all_of(**seen));
    test::check_verified(**seen);
  } else {
    INFO(seen.error().what);
    CHECK(seen.error().advice == Advice::finish_copy);
  }
  test::ManualClock clock;
  auto copy = Journal::open(disk, directory, clock, test::dating_of);
  REQUIRE_MESSAGE(copy, copy.error().what);
  const auto copied = (*copy)->copy_from(original, kNewest);
  REQUIRE_MESSAGE(copied, copied.error().what);
  test::check_verified((*copy)->log());
  CHECK((*copy)->log().tree_head(*copied) == original.tree_head(*copied));
}

}  // namespace

std::vector<Draft> batch_after(std::uint64_t head, const Sizes& sizes) {
  Random random(head);
  std::vector<Draft> batch;
  for (int i = 1 + random.below(sizes.events); i > 0; --i) {
    const std::uint64_t number = head + batch.size() + 1;
    batch.push_back({"park/" + std::to_string(number % kSubjects), std::to_string(number),
                     std::string(static_cast<std::size_t>(random.below(sizes.text)), 'x')});
    batch.back().day = static_cast<std::int32_t>(number % 1000);
    if (number > kSubjects && random.one_in(6))
      batch.back().supersedes = std::to_string(number - kSubjects);
  }
  return batch;
}

void check_batches(const std::vector<Seen>& events, const Sizes& sizes) {
  for (std::size_t i = 0; i < events.size();) {
    const auto batch = batch_after(i, sizes);
    REQUIRE(i + batch.size() <= events.size());
    for (const Draft& draft : batch) {
      CHECK(events[i].id == draft.id);
      CHECK(events[i].subject == draft.subject);
      CHECK(events[i].payload == draft.payload());
      CHECK((events[i].supersedes > 0) == !draft.supersedes.empty());
      ++i;
    }
  }
}

int stride(int usual) {
  const char* const given = std::getenv("SOLNOMA_STRIDE");
  return given ? std::atoi(given) : usual;
}

void Story::tell() {
  if (!create() && !create()) return;
  append(3);
  read();
  constexpr int kFlushes = 9;  // enough for every family to be compacted
  for (int i = 0; i < kFlushes; ++i) {
    append(1);
    flush();
    if (i == 2 || i == 6) back_up();
    if (i == 4) rebuild();
    if (i == 7) read();
  }
  append(3);
  back_up();
  restore();
  journal_.reset();
}

bool Story::failed(const Error& error) {
  errors_.push_back(error);
  journal_.reset();
  return false;
}

bool Story::create() {
  if (auto made = Journal::create(disk_, kStore); !made && made.error().code != Errc::conflict)
    return failed(made.error());
  if (auto ok = lay_out(disk_); !ok) return failed(ok.error());
  return true;
}

bool Story::open() {
  if (journal_) return true;
  auto journal = Journal::open(disk_, kStore, clock_, test::dating_of);
  if (!journal) return failed(journal.error());
  journal_ = std::move(*journal);
  const std::uint64_t head = journal_->log().head().value;
  CHECK(head >= acknowledged_);
  CHECK(head <= attempted_);
  return true;
}

void Story::append(int batches) {
  for (int i = 0; i < batches; ++i) {
    if (!open()) continue;
    const std::uint64_t head = journal_->log().head().value;
    const auto batch = batch_after(head);
    attempted_ = std::max(attempted_, head + batch.size());
    if (auto appended = test::append(*journal_, batch); !appended) {
      failed(appended.error());
      continue;
    }
    acknowledged_ = head + batch.size();
    CHECK(journal_->log().head().value == acknowledged_);
    if (on_acknowledged) on_acknowledged(acknowledged_);
  }
}

void Story::flush() {
  journal_.reset();
  auto store = Store::open(disk_, kStore, Access::write);
  if (!store) {
    failed(store.error());
    return;
  }
  if (auto ok = (*store)->flush(); !ok) failed(ok.error());
}

void Story::rebuild() {
  if (!open()) return;
  if (auto ok = journal_->rebuild(); !ok) failed(ok.error());
}

void Story::back_up() {
  if (open()) copy(journal_->log(), kBackup);
}

void Story::restore() {
  const auto backup = Log::open(disk_, kBackup, test::dating_of);
  if (backup)
    copy(**backup, kRestored);
  else if (backup.error().advice != Advice::finish_copy &&
           backup.error().advice != Advice::create_store)
    failed(backup.error());
}

void Story::copy(const Log& from, const char* directory) {
  auto made = Journal::create_copy(disk_, directory, from.head());
  if (!made && made.error().code != Errc::conflict) {
    failed(made.error());
    return;
  }
  auto to = Journal::open(disk_, directory, clock_, test::dating_of);
  if (!to) {
    failed(to.error());
    return;
  }
  if (auto copied = (*to)->copy_from(from, kNewest); !copied)
    failed(copied.error());
  else
    CHECK(*copied == from.head());
}

void Story::read() {
  const auto log = Log::open(disk_, kStore, test::dating_of);
  if (!log) {
    errors_.push_back(log.error());
    return;
  }
  CHECK((*log)->head().value >= acknowledged_);
  std::vector<Seen> events;
  auto ok = (*log)->read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    events.emplace_back(event);
    return true;
  });
  if (!ok)
    errors_.push_back(ok.error());
  else
    check_batches(events);
}

const std::array<Entries, kFamilies>& Untouched::entries(std::uint64_t head) {
  const auto known = known_.find(head);
  if (known != known_.end()) return known->second;
  test::TestJournal t(kLayoutOfStory);
  while (t.log().head().value < head) t.record(batch_after(t.log().head().value));
  REQUIRE(t.log().head().value == head);
  return known_[head] = t.entries();
}

void check_promises(const Disk& disk, std::uint64_t acknowledged, std::uint64_t attempted,
                    Untouched& untouched) {
  if (!exists(disk, std::string(kStore) + "/FORMAT")) {
    REQUIRE(acknowledged == 0);
    const auto made = Journal::create(disk, kStore);
    REQUIRE_MESSAGE(made, made.error().what);
  }
  if (acknowledged == 0) REQUIRE(lay_out(disk));
  test::ManualClock clock;
  auto journal = Journal::open(disk, kStore, clock, test::dating_of);
  REQUIRE_MESSAGE(journal, journal.error().what);
  const Log& log = (*journal)->log();
  const std::uint64_t head = log.head().value;
  CHECK(head >= acknowledged);
  CHECK(head <= attempted);
  check_batches(test::all_of(log));
  for (std::uint64_t i = 1; i <= head + 3; ++i)
    CHECK(log.find(std::to_string(i)).value() ==
          (i <= head ? std::vector{Position{i}} : std::vector<Position>{}));
  test::check_verified(log);
  CHECK((entries_at(disk, kStore) == untouched.entries(head)));

  constexpr int kMore = 3;
  for (int i = 0; i < kMore; ++i)
    REQUIRE(test::append(**journal, batch_after((*journal)->log().head().value)));
  for (const char* copy : {kBackup, kRestored}) check_copy(disk, copy, log);
  const std::uint64_t end = log.head().value;
  journal->reset();
  CHECK((entries_at(disk, kStore) == untouched.entries(end)));
}

}  // namespace solnoma::sim
