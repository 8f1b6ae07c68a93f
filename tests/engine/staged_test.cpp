#include "engine/append/staged.hpp"

#include <doctest/doctest.h>

#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

StagedEvent staged(IdHash id, std::uint64_t position) {
  return {nullptr, id, Position{position}, 0, false, SubjectNumber{0}, Revision{1}, Revision{0}};
}

std::vector<Position> found(const Staged& events, IdHash id) {
  std::vector<Position> positions;
  events.find(id, [&](const StagedEvent& one) { positions.push_back(one.position); });
  return positions;
}

}  // namespace

TEST_CASE("staged events are found by id, the newest first, while any are taken back") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  Staged events;
  std::vector<std::pair<IdHash, Position>> model;
  for (int step = 0; step < 20'000; ++step) {
    // Few ids, some of which share the lower bits by which they are kept.
    const IdHash id = static_cast<IdHash>(random.below(300)) * (random.one_in(3) ? 4096 : 7);
    const int action = random.below(1000);
    if (action == 0) {
      events.clear();
      model.clear();
    } else if (action < 8) {
      const auto size = static_cast<std::size_t>(random.below(static_cast<int>(model.size()) + 1));
      events.pop_to(size);
      model.resize(size);
    } else {
      model.emplace_back(id, Position{static_cast<std::uint64_t>(step) + 1});
      events.push(staged(id, model.back().second.value));
    }
    if (events.size() != model.size()) FAIL("their number differs at step ", step);
    if (step % 5 != 0) continue;
    std::vector<Position> expected;
    for (auto one = model.rbegin(); one != model.rend(); ++one)
      if (one->first == id) expected.push_back(one->second);
    if (found(events, id) != expected) FAIL("they differ at step ", step);
  }
}

TEST_CASE("more staged events than there were chains at first can be taken back and cleared") {
  Staged events;
  for (std::uint64_t i = 0; i < 5'000; ++i) events.push(staged(i % 1'500, i + 1));
  CHECK(found(events, 3) ==
        std::vector{Position{4504}, Position{3004}, Position{1504}, Position{4}});
  events.pop_to(1'502);
  CHECK(found(events, 3) == std::vector{Position{4}});
  CHECK(found(events, 0) == std::vector{Position{1501}, Position{1}});
  events.clear();
  for (IdHash id = 0; id < 1'500; ++id)
    if (!found(events, id).empty()) FAIL("id ", id, " is still there");
  events.push(staged(3, 9));
  CHECK(found(events, 3) == std::vector{Position{9}});
}
