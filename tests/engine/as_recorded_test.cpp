// A log that is made again as another one recorded it, by a clock that says what that one said.

#include "engine/growing_head.hpp"
#include "engine/tree_head.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// Appends what it draws, some of it in one batch, some at one instant.
void grow(TestJournal& t, Random& random, int batches) {
  for (int i = 0; i < batches; ++i) {
    t.clock.advance(std::chrono::microseconds{random.below(3)});
    std::vector<Draft> batch;
    for (int j = 1 + random.below(4); j > 0; --j) {
      const std::uint64_t number = t.log().head().value + batch.size() + 1;
      batch.push_back({"park/" + std::to_string(random.below(9)), std::to_string(number), "text",
                       "urn:" + std::to_string(random.below(3))});
      batch.back().day = random.below(500);
    }
    if (const auto target = t.log().head().value; target > 0 && random.one_in(3)) {
      const Seen seen = all_of(t.log(), Position{1 + random.below(target)}).front();
      batch.push_back(
          {seen.subject, "s" + std::to_string(target), "text", "urn:s", seen.id, seen.source});
    }
    t.record(batch);
  }
}

/// The ids by which it supersedes, and the bytes that an event views into.
struct Known {
  Seen seen;
  std::string supersedes = {}, source = {};
  [[nodiscard]] NewEvent event() const {
    NewEvent made{seen.subject, seen.source, seen.id, seen.payload, *dating_of(seen.payload),
                  supersedes,   source};
    made.fork = true;
    return made;
  }
};

std::vector<Known> known_of(const Log& log) {
  std::vector<Known> all;
  for (const Seen& seen : all_of(log)) {
    Known known{seen};
    if (seen.supersedes > 0)
      for (const Known& before : all)
        if (before.seen.subject == seen.subject && before.seen.revision == seen.supersedes) {
          known.supersedes = before.seen.id;
          known.source = before.seen.source;
        }
    all.push_back(known);
  }
  return all;
}

}  // namespace

TEST_CASE("a log that is appended as it was recorded has the same bytes and the same heads") {
  for (std::uint64_t seed = base_seed(); seed < base_seed() + 6; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    TestJournal original, again;
    grow(original, random, 150);
    const auto known = known_of(original.log());
    for (std::size_t i = 0; i < known.size();) {
      std::vector<NewEvent> batch;
      again.clock.set(instant_of(known[i].seen.recorded_us));
      do batch.push_back(known[i++].event());
      while (i < known.size() && known[i].seen.recorded_us == known[i - 1].seen.recorded_us);
      REQUIRE(again.journal().append(batch));
    }
    CHECK(all_of(again.log()) == all_of(original.log()));
    GrowingHead growing;
    REQUIRE(again.log().read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
      growing.add(event);
      CHECK(growing.head() == original.log().tree_head(event.position));
      return true;
    }));
    for (const Known& each : known)
      for (const int by : {-1, 0, 1}) {
        const Instant instant = instant_of(each.seen.recorded_us + by);
        CHECK(again.log().position_at(instant) == original.log().position_at(instant));
      }
    CHECK(again.entries() == original.entries());
    check_verified(again.log());
  }
}
