// The program or the power fails at every step that a store takes on its disk, and what is
// left is opened. SOLNOMA_STRIDE=1 tries every step, the tests every few.

#include "tests/sim/story.hpp"
#include "tests/support/engine_recorded_disk.hpp"

using namespace solnoma;
using namespace solnoma::sim;

TEST_CASE("wherever the program or the power fails, what was acknowledged is there") {
  const Disk memory = Disk::memory();
  const auto recorded = std::make_shared<test::RecordedDisk>(memory);
  Story story(test::as_disk(recorded));
  story.on_acknowledged = [&](std::uint64_t head) { recorded->note(head); };
  story.tell();
  REQUIRE(story.errors().empty());

  constexpr int kChances = 2;
  const auto steps = recorded->steps();
  test::Random random(test::base_seed());
  test::CrashStates states;
  Untouched untouched;
  const auto every = static_cast<std::size_t>(stride(29));
  int tried = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& [step, acknowledged] = steps[i];
    if (i % every == 0) {
      INFO("before step ", i, " of ", steps.size(), ": ", step.operation, " ", step.path);
      const std::uint64_t attempted = acknowledged + batch_after(acknowledged).size();
      const auto check = [&](const std::string& what, const Disk& left) {
        INFO(what);
        check_promises(left, acknowledged, attempted, untouched);
        ++tried;
      };
      check("the program stops", states.after_stop(step));
      check("the power fails", states.after_power_loss());
      for (int chance = 0; chance < kChances; ++chance)
        check("the power fails, and something got there", states.after_power_loss(random));
    }
    states.apply(step);
  }
  MESSAGE(tried, " crashes in ", steps.size(), " steps");
}
