// What is got out of a damaged store: every event that is intact, no other one, and what is lost is
// named. SOLNOMA_STRIDE=1 turns over every bit, the tests every few; SOLNOMA_FLIPS says how often a
// larger store is damaged at random.

#include "engine/salvage.hpp"

#include <algorithm>

#include "engine/format/frame.hpp"
#include "engine/format/keys.hpp"
#include "engine/proof/tree_keys.hpp"
#include "engine/tree_head.hpp"
#include "tests/sim/store_files.hpp"
#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::sim;
using namespace solnoma::test;

namespace {

constexpr const char* kInto = "/salvaged";

/// The log before it was damaged.
struct Whole {
  std::vector<Seen> events;
  std::vector<TreeHead> heads;  // at every position, from 0

  explicit Whole(const Log& log) : events(all_of(log)) {
    for (std::uint64_t at = 0; at <= events.size(); ++at)
      heads.push_back(log.tree_head(Position{at}).value());
  }
};

Whole whole_of(const Files& files) {
  const Disk disk = disk_of(files);
  const auto log = Log::open(disk, kStore, dating_of);
  REQUIRE(log);
  return Whole(**log);
}

/// Tells what was lost, in the log.
Result<OwnedEvents> note_of(const Salvaged& salvaged) {
  const Batch batch({{"dataset/salvaged", "note", std::to_string(salvaged.events), "urn:note"}});
  return OwnedEvents::of(batch.events());
}

Result<Salvaged> salvage_all(const Disk& disk, const SalvageNote& note = note_of) {
  ManualClock clock;
  return salvage(disk, kStore, kInto, clock, dating_of, note);
}

/// The events that were got out, held against the log as it was. Which positions are lost.
std::vector<std::uint64_t> check_salvaged(const Disk& disk, const Salvaged& salvaged,
                                          const Whole& whole) {
  const auto log = Log::open(disk, kInto, dating_of);
  REQUIRE_MESSAGE(log, log.error().what);
  check_verified(**log);
  auto events = all_of(**log);
  if (!salvaged.lost.empty()) {
    REQUIRE(!events.empty());
    CHECK(events.back().id == "note");
    events.pop_back();
  }
  CHECK(salvaged.events == events.size());
  std::vector<std::uint64_t> lost;
  std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> revisions;  // of what was got out
  std::size_t next = 0;
  for (const Seen& was : whole.events) {
    if (next == events.size() || events[next].id != was.id || events[next].source != was.source) {
      lost.push_back(was.position);
      continue;
    }
    const Seen& is = events[next++];
    CHECK(is.subject == was.subject);
    CHECK(is.payload == was.payload);
    CHECK(is.recorded_us == was.recorded_us);
    const auto target = revisions.find({was.subject, was.supersedes});
    CHECK(is.supersedes == (target == revisions.end() ? 0 : target->second));
    revisions[{was.subject, was.revision}] = is.revision;
  }
  CHECK(next == events.size());  // no event that was not there

  // What is lost is named, and no more of it than is lost.
  std::uint64_t named = 0;
  Position before{0};
  for (const LostEvents& each : salvaged.lost) {
    CHECK(each.first > before);
    CHECK(each.last >= each.first);
    named += each.events;
    before = each.last;
    const auto within = std::ranges::count_if(lost, [&](std::uint64_t position) {
      return each.first.value <= position && position <= each.last.value;
    });
    if (each.at_least)
      CHECK(static_cast<std::uint64_t>(within) >= each.events);
    else
      CHECK(static_cast<std::uint64_t>(within) == each.events);
    CHECK((!each.at_least || &each == &salvaged.lost.back()));  // elsewhere it is known
  }
  if (salvaged.from.value == whole.events.size()) CHECK(named == lost.size());
  CHECK(salvaged.same == whole.heads[salvaged.same.position.value]);
  CHECK((lost.empty() ? whole.events.size() : lost.front() - 1) >= salvaged.same.position.value);
  CHECK(salvaged.contradicted.empty());
  return lost;
}

bool holds_log(const std::string& name) {
  return name.ends_with(".log") || name.ends_with(".sst");
}

}  // namespace

TEST_CASE("a store of which nothing is damaged is got out as it is, with its head") {
  for (const auto& [flushed, all] : {std::pair{30, 40}, std::pair{0, 9}, std::pair{200, 200}}) {
    const TemporaryDirectory t;
    make_store(t / "store", static_cast<std::uint64_t>(flushed), static_cast<std::uint64_t>(all));
    const Files files = files_of(t / "store");
    const Whole whole = whole_of(files);
    const Disk disk = disk_of(files);
    const auto salvaged = salvage_all(disk);
    REQUIRE_MESSAGE(salvaged, salvaged.error().what);
    CHECK(salvaged->lost.empty());
    CHECK(salvaged->same == whole.heads.back());
    CHECK(check_salvaged(disk, *salvaged, whole).empty());
    // It is a log like any other.
    ManualClock clock;
    auto journal = Journal::open(disk, kInto, clock, dating_of);
    REQUIRE(journal);
    CHECK(append(**journal, batch_after(whole.events.size())));
    // Where a store is already, nothing is made.
    journal->reset();
    CHECK(!salvage_all(disk));
  }
}

TEST_CASE("whichever bit of a store is turned over, what is intact is got out") {
  constexpr std::uint64_t kFlushed = 30;
  const TemporaryDirectory t;
  make_store(t / "store", kFlushed, 40);
  Files files = files_of(t / "store");
  const Whole whole = whole_of(files);
  std::size_t without_loss = 0, tried = 0;
  const auto every = static_cast<std::size_t>(stride(431));
  for (std::size_t bit = 0; bit < bits_of(files); bit += every) {
    const std::string name = flip(files, bit);
    CAPTURE(name);
    CAPTURE(bit);
    const Disk disk = disk_of(files);
    const auto salvaged = salvage_all(disk);
    REQUIRE_MESSAGE(salvaged, salvaged.error().what);
    const auto lost = check_salvaged(disk, *salvaged, whole);
    if (!holds_log(name)) CHECK(lost.empty());
    // A record of the write-ahead log is a batch; what is in sorted files is not in the log.
    constexpr std::size_t kMostOfBatch = 5;
    if (name.ends_with(".log")) CHECK(lost.size() <= kMostOfBatch);
    if (name.ends_with(".sst"))
      for (const std::uint64_t position : lost) CHECK(position <= kFlushed + kMostOfBatch);
    without_loss += lost.empty() ? 1 : 0;
    ++tried;
    flip(files, bit);
  }
  MESSAGE("of ", tried, " bits ", tried - without_loss, " cost an event");
}

TEST_CASE("of a larger store all is got out that stands beside what chance has damaged") {
  const TemporaryDirectory t;
  make_store(t / "store", 1'500, 2'000);
  const Files files = files_of(t / "store");
  const Whole whole = whole_of(files);
  const char* const given = std::getenv("SOLNOMA_FLIPS");
  const int rounds = given ? std::atoi(given) : 25;
  for (int round = 0; round < rounds; ++round) {
    CAPTURE(round);
    Random random(base_seed(), static_cast<std::uint64_t>(round));
    Files damaged = files;
    bool log_is_damaged = false;
    for (int n = 1 + random.below(3); n > 0; --n) {
      auto at = damaged.begin();
      std::advance(at, random.below(damaged.size()));
      auto& [name, bytes] = *at;
      CAPTURE(name);
      if (bytes.empty()) continue;
      const std::size_t from = random.below(bytes.size());
      log_is_damaged = log_is_damaged || holds_log(name);
      switch (random.below(4)) {
        case 0:
          bytes[from] = static_cast<char>(bytes[from] + 1 + random.below(255));
          break;
        case 1:  // a page of zeros
          std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                      std::min<std::size_t>(512, bytes.size() - from), '\0');
          break;
        case 2:
          bytes.resize(from);
          break;
        default:
          damaged.erase(at);
      }
    }
    const Disk disk = disk_of(damaged);
    const auto salvaged = salvage_all(disk);
    REQUIRE_MESSAGE(salvaged, salvaged.error().what);
    const auto lost = check_salvaged(disk, *salvaged, whole);
    if (!log_is_damaged) CHECK(lost.empty());
  }
}

TEST_CASE("one damaged block of a sorted file costs the events of that block alone") {
  const TemporaryDirectory t;
  make_store(t / "store", 2'000, 2'000);
  const Files files = files_of(t / "store");
  const Whole whole = whole_of(files);
  std::size_t small = 0, tried = 0;
  for (const auto& [name, content] : files) {
    if (!name.ends_with(".sst") || content.size() < 20'000) continue;
    // Blocks come first; the dictionary by which all of them are read stands behind them.
    for (const std::size_t at : {60U, 300U, 700U, 1'100U}) {
      Files damaged = files;
      damaged[name][at] = static_cast<char>(damaged[name][at] ^ 1);
      const Disk disk = disk_of(damaged);
      const auto salvaged = salvage_all(disk);
      REQUIRE(salvaged);
      const auto lost = check_salvaged(disk, *salvaged, whole);
      CHECK(lost.size() <= 2 * kMostBlockEvents);
      small += lost.empty() ? 0 : 1;
      ++tried;
    }
  }
  CHECK(tried > 0);
  CHECK(small > 0);
}

TEST_CASE("what is intact and not what the tree commits to is told") {
  TestJournal t(Layout{14, 4});  // no segment yet, and so no node of the tree
  while (t.log().head().value < 2'200) t.record(batch_after(t.log().head().value));
  {
    auto store = t.bare();
    auto batch = store->batch();
    for (const std::uint64_t group : {0U, 1U})
      batch.put(Family::meta, tree_node_key({10, group}), std::string(sizeof(Hash), 'x'));
    REQUIRE(store->write(batch, true));
  }
  const auto salvaged = salvage_all(t.disk());
  REQUIRE_MESSAGE(salvaged, salvaged.error().what);
  CHECK(salvaged->lost.empty());
  CHECK(salvaged->contradicted == std::vector{LostEvents{Position{1}, Position{1024}, 1024},
                                              LostEvents{Position{1025}, Position{2048}, 1024}});
}

TEST_CASE("of two files that contradict each other none is believed") {
  TestJournal t(kLayoutOfStory);
  while (t.log().head().value < 300) t.record(batch_after(t.log().head().value));
  const Whole whole(t.log());
  {
    auto store = t.bare();
    auto cursor = store->cursor(Family::log);
    cursor.seek(log_key(Position{65}));
    REQUIRE(cursor.valid());
    std::string block(cursor.value());
    block.back() = '!';  // of a payload
    auto batch = store->batch();
    batch.put(Family::log, cursor.key(), block);
    REQUIRE(store->write(batch, true));
  }
  const auto salvaged = salvage_all(t.disk());
  REQUIRE(salvaged);
  CHECK(check_salvaged(t.disk(), *salvaged, whole).size() == kMostBlockEvents);
  CHECK(salvaged->lost == std::vector{LostEvents{Position{65}, Position{128}, 64}});
}

TEST_CASE("an interrupted salvage is an unfinished copy, and the same again finishes it") {
  const TemporaryDirectory t;
  make_store(t / "store", 300, 400);
  Files files = files_of(t / "store");
  // What a write-ahead log has may stand in a sorted file already: a byte is looked for whose loss
  // is one.
  const Files whole = files;
  std::optional<Disk> damaged;
  Result<Salvaged> expected;
  for (const auto& [name, bytes] : whole)
    for (std::size_t at = 100; at < bytes.size() && !damaged; at += 1'000) {
      if (!name.ends_with(".log") && !name.ends_with(".sst")) break;
      files = whole;
      files[name][at] = static_cast<char>(files[name][at] ^ 1);
      const Disk disk = disk_of(files);
      expected = salvage_all(disk);
      REQUIRE(expected);
      if (!expected->lost.empty()) damaged = disk;
    }
  REQUIRE(damaged);
  const Disk& untouched = *damaged;
  const auto all = all_of(**Log::open(untouched, kInto, dating_of));
  bool struck = true;
  for (int at = 1; struck; at += stride(37)) {
    CAPTURE(at);
    const auto below = std::make_shared<FaultyDisk>(disk_of(files));
    const Disk disk = as_disk(below);
    below->inject({.operations = kWrite | kSync | kCreate | kRename, .at = at});
    (void)salvage_all(disk);
    struck = below->struck() > 0;
    below->heal();
    const auto log = Log::open(disk, kInto, dating_of);
    if (struck && log) CHECK(all_of(**log) == all);
    if (struck && !log)
      CHECK((log.error().advice == Advice::finish_copy || log.error().code == Errc::unavailable));
    const auto again = salvage_all(disk);
    if (log) continue;  // it was finished before
    REQUIRE_MESSAGE(again, again.error().what);
    CHECK(again->lost == expected->lost);
    CHECK(all_of(**Log::open(disk, kInto, dating_of)) == all);
  }
}
