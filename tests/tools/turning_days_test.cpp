// The days on which a subject may become another than on the day before.

#include "tools/shared/turning_days.hpp"

#include <doctest/doctest.h>

#include "tests/tools/changing_chronicle.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("the days that matter are the same, however few of them are kept") {
  Random random(base_seed() + 3);
  Chronicle chronicle;
  const Log& log = chronicle.log();
  TurningDays few(log, 2);
  int recorded = 0;
  const Day last{chronicle.today().number + 400};
  for (int step = 0; step < 30; ++step) {
    if (random.one_in(3)) chronicle.sleep(1);
    const bool took = chronicle.record(drawn(random, chronicle.today().number, recorded + 1));
    recorded += static_cast<int>(took);
    if (took)
      REQUIRE(log.read(log.head(), Direction::forwards, [&](const RecordedEvent& each) {
        REQUIRE(few.add(each));
        return true;
      }));
    TurningDays all(log);
    const Position at{log.head().value - random.below(log.head().value + 1)};
    Day after{chronicle.today().number - 30 + random.below(40)};
    for (bool more = true; more;) {
      const auto one = all.next(after, last, at).value();
      const auto other = few.next(after, last, at).value();
      REQUIRE(one.has_value() == other.has_value());
      more = one.has_value();
      if (!more) continue;
      CHECK(one->day == other->day);
      CHECK(one->subjects == other->subjects);
      CHECK(one->day > after);
      after = one->day;
    }
  }
}
