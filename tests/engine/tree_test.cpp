#include "engine/inclusion_proof.hpp"
#include "engine/proof/record.hpp"
#include "engine/proof/tree_keys.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// The head of a log by the definition, from all its events.
TreeHead naive_head(const Log& log, Position at) {
  GrowingTree tree;
  CHECK(log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    if (event.position <= at) tree.add(leaf_hash(to_record(event)));
    return event.position < at;
  }));
  return {at, at.value == 0 ? GrowingTree().root() : tree.root()};
}

void record_many(TestJournal& t, int count, Random& random) {
  std::vector<Draft> drafts;
  const auto first = static_cast<int>(t.log().head().value);
  for (int i = first; i < first + count; ++i) {
    Draft draft{"park/" + std::to_string(random.below(40)), std::to_string(i),
                std::string(static_cast<std::size_t>(random.below(30)), 'x'),
                "urn:" + std::to_string(random.below(3))};
    draft.day = random.below(1000);
    drafts.push_back(std::move(draft));
  }
  t.record(std::move(drafts));
}

std::size_t kept_nodes(TestJournal& t) {
  const auto store = t.bare();
  std::size_t count = 0;
  for (const auto& [key, value] : entries_of(*store, Family::meta))
    if (key.starts_with(kTreeNodes)) ++count;
  return count;
}

}  // namespace

TEST_CASE("the head at every position is that of the definition") {
  Random random(base_seed());
  TestJournal t;
  record_many(t, 100, random);
  for (std::uint64_t at = 0; at <= 100; ++at)
    CHECK(t.log().tree_head(Position{at}) == naive_head(t.log(), Position{at}));
}

TEST_CASE("nodes are kept as the log grows, and the head does not depend on it") {
  Random random(base_seed());
  TestJournal t(Layout{10, 2});
  std::vector<TreeHead> heads;
  for (const int more : {700, 1'500, 1, 2'900, 1'024, 40}) {
    record_many(t, more, random);
    heads.push_back(t.log().tree_head(t.log().head()).value());
    CHECK(heads.back() == naive_head(t.log(), t.log().head()));
    if (random.one_in(2)) t.reopen();
  }
  CHECK(kept_nodes(t) == 6 + 3 + 1);  // of 6,165 events
  t.reopen();
  const auto reader = t.reader();
  for (const TreeHead& head : heads) CHECK(reader->tree_head(head.position) == head);
  for (int i = 0; i < 50; ++i) {
    const Position at{static_cast<std::uint64_t>(random.below(6'166))};
    CHECK(reader->tree_head(at) == naive_head(*reader, at));
  }
  CHECK(verify_log(*reader, {}, heads) == heads.back());
  REQUIRE(t.journal().rebuild());
  CHECK(kept_nodes(t) == 10);
  t.reopen();
  check_verified(t.log());
}

TEST_CASE("a store without nodes has the same head, and gets them when it is written to") {
  Random random(base_seed());
  TestJournal t(Layout{10, 2});
  record_many(t, 5'000, random);
  const TreeHead head = t.log().tree_head(t.log().head()).value();
  {
    const auto store = t.bare();
    REQUIRE(store->clear(Family::meta, kTreeNodes));
    auto batch = store->batch();
    batch.remove(Family::meta, kHashed);
    REQUIRE(store->write(batch, true));
  }
  CHECK(t.reader()->tree_head(head.position) == head);
  check_verified(*t.reader());
  t.reopen();
  CHECK(kept_nodes(t) == 4 + 2 + 1);
}

TEST_CASE("every event can be proved in every head after it, and the proof needs no store") {
  Random random(base_seed());
  TestJournal t(Layout{10, 2});
  record_many(t, 3'000, random);
  const auto events = all_of(t.log());
  for (int i = 0; i < 200; ++i) {
    const Position at{1 + static_cast<std::uint64_t>(random.below(3'000))};
    const Position of{1 + static_cast<std::uint64_t>(random.below(static_cast<int>(at.value)))};
    const auto proof = t.log().prove(of, at);
    REQUIRE(proof);
    CHECK(proof->head == naive_head(t.log(), at));
    CHECK(proof->path.size() <= 12);
    const auto event = check(*proof);
    REQUIRE(event);
    Seen seen(*event);
    seen.subject_number = events[of.value - 1].subject_number;  // is no part of the record
    CHECK(seen == events[of.value - 1]);
  }
}

TEST_CASE("a proof in which any bit of the event was changed proves nothing") {
  TestJournal t;
  t.record({{"park/a", "1", "one"}, {"park/b", "2", "two"}, {"park/a", "3", "x", "urn:test", "1"}});
  auto proof = t.log().prove(Position{3}, Position{3}).value();
  REQUIRE(check(proof));
  for (std::size_t bit = 0; bit < proof.record.size() * 8; ++bit) {
    proof.record[bit / 8] = static_cast<char>(proof.record[bit / 8] ^ (1 << bit % 8));
    CHECK(!check(proof));
    proof.record[bit / 8] = static_cast<char>(proof.record[bit / 8] ^ (1 << bit % 8));
  }
  proof.head.position = Position{4};
  CHECK(!check(proof));
}

TEST_CASE("whoever wrote a head down finds out what was changed before it") {
  TestJournal honest, forger;
  honest.record({{"park/a", "1", "opened 2023"}, {"park/a", "2"}});
  forger.record({{"park/a", "1", "opened 2024"}, {"park/a", "2"}});
  const TreeHead head = honest.log().tree_head(Position{2}).value();
  for (TestJournal* t : {&honest, &forger}) t->record({{"park/a", "3"}});
  CHECK(verify_log(honest.log(), {}, {&head, 1}));
  check_verified(forger.log());  // consistent in itself
  CHECK(verify_log(forger.log(), {}, {&head, 1}).error().code == Errc::conflict);
  TestJournal shorter;
  shorter.record({{"park/a", "1", "opened 2023"}});
  CHECK(verify_log(shorter.log(), {}, {&head, 1}).error().code == Errc::conflict);
  const TreeHead nothing{Position{0}, GrowingTree().root()};
  CHECK(verify_log(shorter.log(), {}, {&nothing, 1}));
  const TreeHead wrong{Position{0}, head.root};
  CHECK(verify_log(shorter.log(), {}, {&wrong, 1}).error().code == Errc::conflict);
}

TEST_CASE("a copy has the heads of its original") {
  Random random(base_seed());
  TestJournal t(Layout{10, 2}), copy(Layout{10, 2});
  record_many(t, 2'500, random);
  REQUIRE(copy.journal().copy_from(t.log(), Position{1'700}));
  CHECK(copy.log().tree_head(Position{1'700}) == t.log().tree_head(Position{1'700}));
  REQUIRE(copy.journal().copy_from(t.log(), kNewest));
  CHECK(copy.log().tree_head(Position{2'500}) == t.log().tree_head(Position{2'500}));
}

TEST_CASE("a node that is not what the events say is found") {
  Random random(base_seed());
  TestJournal t(Layout{10, 2});
  record_many(t, 2'100, random);
  {
    const auto store = t.bare();
    auto batch = store->batch();
    batch.put(Family::meta, tree_node_key({10, 1}), std::string(32, 'x'));
    REQUIRE(store->write(batch, true));
  }
  const auto found = verify_log(*t.reader());
  REQUIRE(!found);
  CHECK(found.error().code == Errc::damaged_index);
  CHECK(found.error().what.find("'tree'") != std::string::npos);
  t.reopen();
  REQUIRE(t.journal().rebuild());
  check_verified(t.log());
}

TEST_CASE("a record is read back as it was, and other bytes are refused") {
  TestJournal t;
  t.record({{"park/a", "1", "one"}});
  std::string record;
  CHECK(t.log().read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    record = to_record(event);
    CHECK(Seen(from_record(record).value()) == Seen(event));
    return true;
  }));
  for (std::size_t size = 0; size < record.size(); ++size)
    CHECK(!from_record(std::string_view(record).substr(0, size)));
  CHECK(!from_record(record + "x"));
}
