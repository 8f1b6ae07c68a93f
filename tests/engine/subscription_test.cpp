// A subscriber is told of every event, once, in order, whatever comes between.

#include "engine/subscription.hpp"

#include <atomic>
#include <thread>

#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/engine_process.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;
using namespace std::chrono_literals;

namespace {

Draft told_draft(int i) {
  return {"park/" + std::to_string(i % 7), std::to_string(i),
          std::string(static_cast<std::size_t>(i % 400), 'x')};
}

bool is_of_park_3(const RecordedEvent& event) {
  return event.subject == "park/3";
}

/// The positions that are told up to when it has caught up with `head`.
std::vector<std::uint64_t> told_up_to(Subscription& subscription, Position head) {
  std::vector<std::uint64_t> told;
  const auto ok = subscription.run(
      [&](const RecordedEvent& event) {
        told.push_back(event.position.value);
        return true;
      },
      [&](Position position) { return position < head; });
  REQUIRE_MESSAGE(ok, ok.error().what);
  return told;
}

/// What the log holds behind a position, filtered: read without a subscription.
std::vector<std::uint64_t> expected(const Log& log, Position after,
                                    const Subscription::Filter& filter) {
  std::vector<std::uint64_t> positions;
  REQUIRE(log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    if (event.position > after && (!filter || filter(event)))
      positions.push_back(event.position.value);
    return true;
  }));
  return positions;
}

}  // namespace

TEST_CASE("from every position on, what is told is the rest of the log, filtered") {
  TestJournal t;
  for (int i = 0; i < 120; ++i) t.record({told_draft(i)});
  const auto reader = t.reader();
  for (const Subscription::Filter& filter :
       {Subscription::Filter{}, Subscription::Filter{is_of_park_3}})
    for (std::uint64_t after = 0; after <= 120; ++after)
      for (Log* log : {&t.log(), reader.get()}) {
        Subscription subscription(*log, Position{after}, filter);
        CHECK(told_up_to(subscription, Position{120}) == expected(*log, Position{after}, filter));
        CHECK(subscription.position() == Position{120});
      }
}

TEST_CASE("whoever is interrupted anywhere goes on behind the position that was kept") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    TestJournal t;
    int next = 0;
    Position kept{0};
    std::vector<std::uint64_t> told;
    for (int round = 0; round < 12; ++round) {
      for (int i = random.below(20); i > 0; --i) t.record({told_draft(next++)});
      if (random.one_in(4)) t.reopen();
      if (random.one_in(5)) REQUIRE(t.journal().rebuild({}));
      const auto reader = t.reader();
      Subscription subscription(random.one_in(2) ? t.log() : *reader, kept, is_of_park_3);
      int more = random.below(4);
      const auto ok = subscription.run(
          [&](const RecordedEvent& event) {
            told.push_back(event.position.value);
            return more-- > 0;
          },
          [&](Position) { return false; });
      REQUIRE(ok);
      kept = subscription.position();
    }
    Subscription rest(t.log(), kept, is_of_park_3);
    for (const std::uint64_t position : told_up_to(rest, t.log().head())) told.push_back(position);
    CHECK(told == expected(t.log(), Position{0}, is_of_park_3));
  }
}

TEST_CASE("it says that it has caught up once each time, an empty log as well") {
  TestJournal t;
  std::vector<std::string> said;
  Subscription subscription(t.log());
  const auto until = [&](std::uint64_t head) {
    REQUIRE(subscription.run(
        [&](const RecordedEvent& event) {
          said.push_back(std::string(event.id));
          return true;
        },
        [&](Position position) {
          said.push_back("@" + std::to_string(position.value));
          return position.value < head;
        }));
  };
  until(0);
  t.record({{"park/a", "a"}, {"park/a", "b"}});
  until(2);
  CHECK(said == std::vector<std::string>{"@0", "a", "b", "@2"});
}

TEST_CASE("beginning beyond the head waits for that, and tells of nothing before it") {
  TestJournal t;
  t.record({told_draft(0)});
  Subscription subscription(t.log(), Position{3});
  std::vector<std::uint64_t> told;
  std::jthread subscriber([&] {
    CHECK(subscription.run([&](const RecordedEvent& event) {
      told.push_back(event.position.value);
      return event.position.value < 5;
    }));
  });
  for (int i = 1; i < 5; ++i) {
    std::this_thread::sleep_for(5ms);
    t.record({told_draft(i)});
  }
  subscriber.join();
  CHECK(told == std::vector<std::uint64_t>{4, 5});
}

TEST_CASE("it is stopped by another thread while it waits, and goes on when it is run again") {
  TestJournal t;
  Subscription subscription(t.log());
  std::atomic<int> told = 0;
  const auto run = [&] {
    CHECK(subscription.run([&](const RecordedEvent&) {
      ++told;
      return true;
    }));
  };
  std::jthread first(run);
  t.record({told_draft(0)});
  while (told < 1) std::this_thread::sleep_for(1ms);
  subscription.stop();
  first.join();
  t.record({told_draft(1)});
  CHECK(told == 1);
  std::jthread second(run);
  while (told < 2) std::this_thread::sleep_for(1ms);
  subscription.stop();
}

TEST_CASE("a slow subscriber is not dropped, and holds up neither the writer nor a quick one") {
  TestJournal t;
  constexpr int kEvents = 400;
  std::vector<std::uint64_t> quick, slow;
  std::atomic<bool> all_recorded = false;
  const auto told_into = [&](std::vector<std::uint64_t>& told, bool waits) {
    return [&told, &all_recorded, waits](const RecordedEvent& event) {
      // The slow one has taken one event when all are there already.
      while (waits && !all_recorded) std::this_thread::sleep_for(1ms);
      told.push_back(event.position.value);
      return event.position.value < kEvents;
    };
  };
  Subscription one(t.log()), other(t.log());
  std::jthread first([&] { CHECK(one.run(told_into(quick, false))); });
  std::jthread second([&] { CHECK(other.run(told_into(slow, true))); });
  for (int i = 0; i < kEvents; ++i) t.record({told_draft(i)});
  all_recorded = true;
  first.join();
  second.join();
  CHECK(quick == expected(t.log(), Position{0}, {}));
  CHECK(slow == quick);
}

TEST_CASE("records until it is killed" * doctest::skip()) {
  if (Process::directory().empty()) return;
  TickingClock clock;
  const auto journal =
      Journal::open(Disk::real(), Process::directory(), clock, Indexer(dating_of)).value();
  for (int i = static_cast<int>(journal->log().head().value);; ++i)
    if (!append(*journal, {told_draft(i)})) return;
}

TEST_CASE(
    "of a writer in another process, killed again and again, nothing is missed or told twice") {
  const TemporaryDirectory directory;
  const std::string store = directory / "store";
  REQUIRE(Journal::create(Disk::real(), store));
  const auto log = Log::open(Disk::real(), store, Indexer(dating_of)).value();
  Subscription subscription(*log);
  std::vector<std::uint64_t> told;
  std::jthread subscriber([&] {
    const auto ok = subscription.run([&](const RecordedEvent& event) {
      told.push_back(event.position.value);
      return true;
    });
    CHECK_MESSAGE(ok, ok.error().what);
  });
  for (int round = 0; round < 4; ++round) {
    Process writer("records until it is killed", store);
    const std::uint64_t begun = subscription.position().value;
    while (subscription.position().value < begun + 30) std::this_thread::sleep_for(1ms);
    writer.kill();
  }
  std::this_thread::sleep_for(100ms);
  subscription.stop();
  subscriber.join();
  const auto after = Log::open(Disk::real(), store, Indexer(dating_of)).value();
  REQUIRE(told.size() >= 120);
  std::vector<std::uint64_t> all = expected(*after, Position{0}, {});
  REQUIRE(all.size() >= told.size());
  all.resize(told.size());
  CHECK(told == all);
}
