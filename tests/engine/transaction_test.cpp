// A batch that is handed over piece by piece is recorded as one, or not at all.

#include <atomic>
#include <thread>

#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

std::unique_ptr<Transaction> begun(TestJournal& t) {
  auto transaction = t.journal().begin();
  REQUIRE_MESSAGE(transaction, transaction.error().what);
  return std::move(*transaction);
}

Result<Appended> add(Transaction& transaction, std::vector<Draft> drafts,
                     const std::vector<Expectation>& expectations = {}) {
  const Batch batch(std::move(drafts));  // gone when this returns: what is kept is a copy
  return transaction.append(batch.events(), expectations);
}

/// Some events that are new, some that were recorded before, some that correct, some that cannot be
/// recorded.
std::vector<Draft> random_piece(Random& random, int& next) {
  std::vector<Draft> drafts;
  for (int i = random.below(9); i >= 0; --i) {
    const int n = next == 0 || !random.one_in(6) ? next++ : random.below(next);
    Draft draft{"park/" + std::to_string(n % 5), std::to_string(n),
                std::string(static_cast<std::size_t>(n % 300), 'x')};
    if (n % 7 == 6) draft.supersedes = std::to_string(n - 5);
    if (n % 11 == 10) draft.source = "urn:other";
    if (random.one_in(60)) draft.text = "other content of this id";
    if (random.one_in(60)) draft.supersedes = "no such id";
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

}  // namespace

TEST_CASE("each piece is decided as an append behind those before, and the log is the same") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    TestJournal t, plain;
    int next = 0;
    for (int round = 0; round < 4; ++round) {
      auto transaction = begun(t);
      std::size_t size = 0;
      for (int i = random.below(30); i > 0; --i) {
        const auto drafts = random_piece(random, next);
        const auto here = add(*transaction, drafts);
        const auto there = append(plain.journal(), drafts);
        REQUIRE(here.has_value() == there.has_value());
        if (!here) {
          CHECK(here.error().what == there.error().what);
          CHECK(here.error().where == there.error().where);
          continue;
        }
        CHECK(here->positions == there->positions);
        CHECK(here->recorded == there->recorded);
        CHECK(here->already == there->already);
        size += drafts.size();
      }
      CHECK(transaction->size() == size);
      REQUIRE(transaction->commit());
      CHECK(t.log().head() == plain.log().head());
      transaction.reset();
      if (random.one_in(2)) t.reopen();
    }
    CHECK(t.entries() == plain.entries());
    check_verified(t.log());
  }
}

TEST_CASE("what is rolled back was never there, for what follows either") {
  for (const bool by_name : {false, true}) {
    TestJournal t, plain;
    for (TestJournal* each : {&t, &plain}) each->record({{"park/a", "1"}, {"park/b", "2"}});
    auto transaction = begun(t);
    REQUIRE(add(*transaction, {{"park/c", "3"}, {"park/a", "4", "", "urn:new"}}));
    REQUIRE(add(*transaction, {{"park/a", "5", "", "urn:test", "1"}}));
    if (by_name) {
      transaction->roll_back();
      CHECK(transaction->size() == 3);
      CHECK(transaction->pieces().size() == 2);
      CHECK(transaction->pieces()[1].events()[0].supersedes == "1");
    }
    transaction.reset();
    for (TestJournal* each : {&t, &plain})
      each->record({{"park/d", "3", "", "urn:newer"}, {"park/a", "6", "", "urn:test", "1"}});
    CHECK(t.entries() == plain.entries());
    check_verified(t.log());
  }
}

TEST_CASE("nobody sees a transaction before its end, and whoever appends waits for it") {
  TestJournal t;
  t.record({{"park/a", "1"}});
  const auto reader = t.reader();
  auto transaction = begun(t);
  REQUIRE(add(*transaction, {{"park/a", "2"}, {"park/b", "3"}}));
  CHECK(t.log().head() == Position{1});
  CHECK(!t.log().subject("park/b")->has_value());
  REQUIRE(reader->catch_up());
  CHECK(reader->head() == Position{1});

  std::atomic<bool> done = false;
  std::vector<Position> positions;
  std::jthread other([&] {
    positions = append(t.journal(), {{"park/a", "9"}}).value().positions;
    done = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  CHECK(!done);
  REQUIRE(add(*transaction, {{"park/a", "4"}}));
  REQUIRE(transaction->commit());
  other.join();
  CHECK(positions == std::vector{Position{5}});
  CHECK(subject_of(t.log(), "park/a").size() == 4);
  check_verified(t.log());
}

TEST_CASE("a piece is held against what is expected of the events before it") {
  TestJournal t;
  auto transaction = begun(t);
  REQUIRE(add(*transaction, {{"park/a", "1"}}, {{"park/a", NewSubject{}}}));
  CHECK(add(*transaction, {{"park/a", "2"}}, {{"park/a", NewSubject{}}}).error().code ==
        Errc::conflict);
  CHECK(add(*transaction, {{"park/a", "2"}}, {{"park/a", Exactly{Revision{1}}}}));
  REQUIRE(transaction->commit());
  CHECK(t.log().head() == Position{2});
}

TEST_CASE("a transaction whose write fails is whole or absent, and the journal takes no more") {
  for (int n = 1; n < 4; ++n) {
    const auto faulty = std::make_shared<FaultyDisk>(Disk::memory());
    TestJournal t(as_disk(faulty));
    t.record({{"park/a", "1"}});
    auto transaction = begun(t);
    REQUIRE(add(*transaction, {{"park/a", "2"}, {"park/b", "3"}}));
    faulty->inject({.files = ".log", .at = n});
    const auto committed = transaction->commit();
    transaction.reset();
    faulty->heal();
    if (!committed) {
      CHECK(committed.error().code == Errc::io);
      CHECK(t.log().head() == Position{1});
      CHECK(t.journal().begin().error().code == Errc::io);
    }
    t.reopen();
    const auto head = t.log().head().value;
    CHECK((head == 3 || (!committed && head == 1)));
    check_verified(t.log());
  }
}

TEST_CASE("an index that is found damaged is derived again, and what is staged stays") {
  TestJournal t, whole;
  for (TestJournal* each : {&t, &whole})
    for (int i = 0; i < 40; ++i)
      each->record({{"park/" + std::to_string(i % 3), std::to_string(i)}});
  {
    const auto store = t.bare();
    auto batch = store->batch();
    for (const auto& [key, value] : entries_of(*store, Family::timeline))
      batch.put(Family::timeline, key, "?");
    REQUIRE(store->write(batch, true));
  }
  t.reopen();
  for (TestJournal* each : {&t, &whole}) {
    auto transaction = begun(*each);
    REQUIRE(add(*transaction, {{"park/new", "n1"}, {"park/new", "n2"}}));
    const auto last = add(*transaction, {{"park/0", "n3", "", "urn:test", "0"}});
    REQUIRE_MESSAGE(last, last.error().what);
    CHECK(last->positions == std::vector{Position{43}});
    REQUIRE(transaction->commit());
  }
  CHECK(t.entries() == whole.entries());
  check_verified(t.log());
}
