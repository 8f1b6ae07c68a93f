// A log of another machine, taken over event by event as its records tell.

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "engine/aligned_bytes.hpp"
#include "engine/growing_head.hpp"
#include "engine/proof/record.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

void grow(TestJournal& t, int count, Random& random) {
  for (int i = 0; i < count; ++i) {
    t.clock.advance(std::chrono::microseconds{random.below(9)});
    const std::string n = std::to_string(t.log().head().value);
    std::vector<Draft> batch;
    for (int k = 0; k <= random.below(4); ++k) {
      Draft draft{"park/" + std::to_string(random.below(20)), n + "-" + std::to_string(k),
                  std::string(static_cast<std::size_t>(random.below(60)), 'x'),
                  "urn:" + std::to_string(random.below(3))};
      draft.day = random.below(500);
      batch.push_back(std::move(draft));
    }
    t.record(std::move(batch));
    if (random.below(3) == 0)
      t.record(
          {{"park/s", n + "c", "", "urn:c"}, {"park/s", n + "d", "", "urn:d", n + "c", "urn:c"}});
  }
}

/// What a network brings: bytes alone, without the numbers of this log.
std::vector<std::string> records(const Log& log, Position from = Position{1}) {
  std::vector<std::string> all;
  CHECK(log.read(from, Direction::forwards, [&](const RecordedEvent& event) {
    all.push_back(to_record(event));
    return true;
  }));
  return all;
}

EventSource source_of(const std::vector<std::string>& all, std::size_t most = SIZE_MAX) {
  return [&all, most](const Visitor& visit) -> Result<void> {
    AlignedBytes payload;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i == most) return fail(Errc::io, "the line is dead");
      auto event = from_record(all[i]);
      if (!event) return std::unexpected(event.error());
      payload.assign(event->payload);
      event->payload = payload.bytes();
      if (!visit(*event)) return {};
    }
    return {};
  };
}

}  // namespace

TEST_CASE("a log that is taken over has the same bytes, index and head, and goes on as the other") {
  Random random(base_seed());
  TestJournal original, other;
  for (const int more : {1, 40, 3, 200}) {
    const Position before = other.log().head();
    grow(original, more, random);
    const auto all = records(original.log(), before.next());
    CHECK(other.journal().adopt(source_of(all)) == original.log().head());
    if (more == 3) other.reopen();
    CHECK(other.entries() == original.entries());
    CHECK(other.log().tree_head(other.log().head()) ==
          original.log().tree_head(original.log().head()));
  }
  CHECK(other.journal().adopt(source_of({})) == original.log().head());
  check_verified(other.log());
  // What was recorded there is known here, and what comes next has the same numbers.
  other.clock.set(original.clock.now());
  Random again = random;
  grow(original, 5, random);
  grow(other, 5, again);
  CHECK(other.entries() == original.entries());
}

TEST_CASE("where the source fails nothing of it is kept, and another may go on") {
  Random random(base_seed());
  TestJournal original, other;
  grow(original, 30, random);
  const auto all = records(original.log());
  for (const std::size_t most : {std::size_t{0}, std::size_t{1}, all.size() - 1}) {
    CHECK(other.journal().adopt(source_of(all, most)).error().code == Errc::io);
    CHECK(other.log().head() == Position{0});
    std::size_t subjects = 0;
    CHECK(
        other.log().subjects("", [&](std::string_view, SubjectNumber) { return ++subjects > 0; }));
    CHECK(subjects == 0);
  }
  CHECK(other.journal().adopt(source_of(all)) == original.log().head());
  CHECK(other.entries() == original.entries());
}

TEST_CASE("an event that does not follow is refused, and with it all that came before") {
  Random random(base_seed());
  TestJournal original;
  grow(original, 20, random);
  const auto all = records(original.log());
  const auto changed = [&](std::size_t which, const auto& change) {
    auto lying = all;
    auto event = from_record(lying[which]);
    REQUIRE(event);
    change(*event);
    lying[which] = to_record(*event);
    return lying;
  };
  const std::string long_name(kMaxSubjectName + 1, 'x');
  const std::vector<std::vector<std::string>> wrong{
      std::vector<std::string>(all.begin() + 1, all.end()),
      changed(3, [](RecordedEvent& e) { e.position = e.position.next(); }),
      changed(3, [](RecordedEvent& e) { e.revision = e.revision.next(); }),
      changed(3, [](RecordedEvent& e) { e.revision = Revision{0}; }),
      changed(3, [](RecordedEvent& e) { e.supersedes = e.revision; }),
      changed(3, [](RecordedEvent& e) { e.recorded -= std::chrono::hours{24}; }),
      changed(3,
              [](RecordedEvent& e) {
                e.subject = "park/nobody";
                e.revision = Revision{2};
              }),
      changed(3, [](RecordedEvent& e) { e.subject = ""; }),
      changed(3, [&](RecordedEvent& e) { e.subject = long_name; }),
      changed(3, [](RecordedEvent& e) { e.id = ""; }),
      changed(3, [](RecordedEvent& e) { e.payload = "odd"; })};
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    CAPTURE(i);
    TestJournal other;
    CHECK(!other.journal().adopt(source_of(wrong[i])));
    CHECK(other.log().head() == Position{0});
    CHECK(other.journal().adopt(source_of(all)) == original.log().head());
    CHECK(other.entries() == original.entries());
  }
}

TEST_CASE("a head grows on from any of its own, by events or by whole trees of them") {
  Random random(base_seed());
  TestJournal t;
  grow(t, 40, random);
  const Log& log = t.log();
  const auto all = records(log);
  for (std::uint64_t at = 0; at <= log.head().value; at += 7) {
    auto growing = log.growing_head(Position{at});
    REQUIRE(growing);
    CHECK(growing->head() == log.tree_head(Position{at}));
    // The rest as subtrees, the largest that there may be.
    GrowingHead whole(*growing);
    for (std::uint64_t size = at; size < log.head().value;) {
      unsigned level = 0;
      while (size % (std::uint64_t{2} << level) == 0 &&
             size + (std::uint64_t{2} << level) <= log.head().value)
        ++level;
      const auto node = log.tree_nodes(level, size >> level, 1);
      REQUIRE(node);
      whole.add_subtree(level, node->front());
      size += std::uint64_t{1} << level;
    }
    CHECK(whole.head() == log.tree_head(log.head()));
    CHECK(growing->head() == log.tree_head(Position{at}));
    for (std::uint64_t i = at; i < log.head().value; ++i) growing->add(from_record(all[i]).value());
    CHECK(growing->head() == whole.head());
  }
}

TEST_CASE("nodes of every level are those of the definition, kept or not") {
  Random random(base_seed());
  TestJournal t(Layout{10, 2});
  grow(t, 1'300, random);
  const Log& log = t.log();
  REQUIRE(log.head().value > 2'048);
  std::vector<Hash> level_nodes;
  CHECK(log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    level_nodes.push_back(leaf_of(event));
    return true;
  }));
  for (unsigned level = 0; level_nodes.size() > 0; ++level) {
    CHECK(log.tree_nodes(level, 0, level_nodes.size()) == level_nodes);
    if (level_nodes.size() > 2)
      CHECK(log.tree_nodes(level, 1, 2) ==
            std::vector<Hash>(level_nodes.begin() + 1, level_nodes.begin() + 3));
    std::vector<Hash> next;
    for (std::size_t i = 0; i + 1 < level_nodes.size(); i += 2)
      next.push_back(node_hash(level_nodes[i], level_nodes[i + 1]));
    level_nodes = std::move(next);
  }
}
