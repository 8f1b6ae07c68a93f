#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr int kWritersBatch = 3;  // events of a batch, all with the same number in their ids

/// "writer/batch/event": every batch of three is whole, in order and without a gap.
void check_whole_batches(const std::vector<Seen>& events) {
  REQUIRE(events.size() % kWritersBatch == 0);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].position != i + 1) FAIL("a gap at position ", i + 1);
    const std::string& first = events[i - i % kWritersBatch].id;
    const std::string expected =
        first.substr(0, first.rfind('/') + 1) + std::to_string(i % kWritersBatch);
    if (events[i].id != expected) FAIL("a torn batch at position ", i + 1);
  }
}

std::vector<Draft> batch_of(int writer, int number) {
  const std::string prefix = std::to_string(writer) + "/" + std::to_string(number) + "/";
  std::vector<Draft> batch;
  for (int i = 0; i < kWritersBatch; ++i)
    batch.push_back({i == 1 ? "park/hot" : "park/" + std::to_string(writer),
                     prefix + std::to_string(i), "text", "urn:" + std::to_string(writer)});
  return batch;
}

}  // namespace

TEST_CASE("many writers and readers at once: nothing lost, nothing twice, batches whole") {
  constexpr int kWriters = 16;
  constexpr int kEach = 40;
  const Disk memory = Disk::memory();
  const auto slow = std::make_shared<FaultyDisk>(memory);
  slow->sync_takes = std::chrono::microseconds{200};
  const Disk disk = as_disk(slow);
  REQUIRE(Journal::create(disk, "/store"));
  TickingClock clock;
  const auto journal = std::move(*Journal::open(disk, "/store", clock, dating_of));

  std::atomic<int> failures{0};
  std::atomic<bool> done{false};
  {
    std::vector<std::jthread> readers;
    for (int r = 0; r < 2; ++r)
      readers.emplace_back([&] {  // in the writers' process
        while (!done) {
          const Position head = journal->log().head();
          std::vector<Seen> events;
          const auto ok = journal->log().read(Position{1}, Direction::forwards, [&](const auto& e) {
            events.emplace_back(e);
            return true;
          });
          if (!ok || events.size() < head.value || events.size() % kWritersBatch != 0) ++failures;
          const auto rows = journal->log().rows(SubjectNumber{0});
          const auto revision = journal->log().revision(SubjectNumber{0});
          if (!rows || !revision || revision->value < rows->size()) ++failures;
        }
      });
    readers.emplace_back([&] {  // one that catches up, as another process would
      const auto reader = std::move(*Log::open(disk, "/store", dating_of));
      while (!done) {
        if (!reader->catch_up() || reader->head().value % kWritersBatch != 0) ++failures;
        std::uint64_t last = 0;
        const auto ok = reader->read(Position{1}, Direction::forwards, [&](const auto& e) {
          last = e.position.value;
          return true;
        });
        if (!ok || last != reader->head().value) ++failures;
      }
    });
    {
      std::vector<std::jthread> writers;
      for (int w = 0; w < kWriters; ++w)
        writers.emplace_back([&, w] {
          for (int i = 0; i < kEach; ++i) {
            const auto appended = append(*journal, batch_of(w, i));
            if (!appended || appended->recorded != kWritersBatch) ++failures;
            if (i % 5 == 0 && append(*journal, batch_of(w, i))->already != kWritersBatch)
              ++failures;
            if (i % 7 == 0 && append(*journal, {{"park/hot", "bad", "", "", ""}})) ++failures;
            if (i % 9 == 0 && !append(*journal, {})) ++failures;
          }
        });
    }
    done = true;
  }
  CHECK(failures == 0);
  const auto events = all_of(journal->log());
  CHECK(events.size() == kWriters * kEach * kWritersBatch);
  check_whole_batches(events);
  std::set<std::string> ids;
  std::map<std::string, std::uint32_t> revisions;
  for (const Seen& event : events) {
    CHECK(ids.insert(event.source + event.id).second);
    CHECK(event.revision == ++revisions[event.subject]);
  }
  check_verified(journal->log());
  const int appends = kWriters * (kEach + 8 + 6 + 5);
  INFO(clock.readings(), " groups for ", appends, " appends");
  CHECK(clock.readings() < appends / 2);  // one for each group: the others shared a disk sync
}

TEST_CASE("of writers that expect the same revision, one wins each round") {
  TestJournal t;
  constexpr int kWriters = 8;
  constexpr std::uint32_t kRounds = 30;
  std::atomic<int> won{0}, lost{0};
  {
    std::vector<std::jthread> writers;
    for (int w = 0; w < kWriters; ++w)
      writers.emplace_back([&, w] {
        for (std::uint32_t round = 0; round < kRounds; ++round) {
          const std::string id = std::to_string(w) + "/" + std::to_string(round);
          const auto appended =
              append(t.journal(), {{"park/a", id}}, {{"park/a", Exactly{Revision{round}}}});
          if (appended)
            ++won;
          else if (appended.error().code == Errc::conflict)
            ++lost;
          while (t.log().head().value <= round) std::this_thread::yield();
        }
      });
  }
  CHECK(won == kRounds);
  CHECK(lost == kRounds * (kWriters - 1));
  CHECK(t.log().head() == Position{kRounds});
  check_verified(t.log());
}

TEST_CASE("of writers that record the same event, one records it and all succeed") {
  TestJournal t;
  std::atomic<std::size_t> recorded{0}, already{0};
  {
    std::vector<std::jthread> writers;
    for (int w = 0; w < 8; ++w)
      writers.emplace_back([&] {
        for (int i = 0; i < 50; ++i) {
          const auto appended = append(t.journal(), {{"park/a", std::to_string(i)}});
          if (!appended) continue;
          recorded += appended->recorded;
          already += appended->already;
        }
      });
  }
  CHECK(recorded == 50);
  CHECK(already == 350);
  CHECK(t.log().head() == Position{50});
}

TEST_CASE("rehearsals and copies go beside appends") {
  TestJournal t, spare;
  std::atomic<bool> done{false};
  std::atomic<int> failures{0};
  {
    std::jthread rehearsing([&] {
      const Batch batch(batch_of(99, 0));
      while (!done)
        if (const auto ok = t.journal().try_append(batch.events());
            !ok || ok->recorded != kWritersBatch)
          ++failures;
    });
    std::jthread copying([&] {
      while (!done)
        if (!spare.journal().copy_from(t.log(), kNewest)) ++failures;
    });
    for (int i = 0; i < 150; ++i)
      if (!append(t.journal(), batch_of(1, i))) ++failures;
    done = true;
  }
  CHECK(failures == 0);
  REQUIRE(spare.journal().copy_from(t.log(), kNewest));
  CHECK(spare.entries() == t.entries());
}
