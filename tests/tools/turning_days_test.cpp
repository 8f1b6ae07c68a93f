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

TEST_CASE("a day on which many subjects turn is told whole, and so is the next") {
  Chronicle chronicle;
  for (int n = 0; n < 60; ++n) {
    Event e = event(fmt::format("e{}", n), "opened", "2026-07-01", "2025-12-01",
                    fmt::format("park/p{}", n));
    e.modality = Modality::planned;
    REQUIRE(chronicle.record(e));
  }
  const Log& log = chronicle.log();
  TurningDays few(log, 2);
  Day after = day("2026-01-01");
  for (const char* expected : {"2026-07-01", "2026-07-02"}) {
    const auto turn = few.next(after, day("2027-01-01"), log.head()).value();
    REQUIRE(turn);
    CHECK(to_string(turn->day) == expected);
    CHECK(turn->subjects.size() == 60);
    after = turn->day;
  }
  CHECK_FALSE(few.next(after, day("2027-01-01"), log.head()).value());
  // What is recorded since joins the day that is kept already.
  Event late = event("late", "opened", "2026-07-01", "2025-12-01", "park/late");
  late.modality = Modality::planned;
  REQUIRE(few.next(day("2026-01-01"), day("2026-07-01"), log.head()).value());
  REQUIRE(chronicle.record(late));
  REQUIRE(log.read(log.head(), Direction::forwards, [&](const RecordedEvent& each) {
    REQUIRE(few.add(each));
    return true;
  }));
  CHECK(few.next(day("2026-01-01"), day("2026-07-01"), log.head()).value()->subjects.size() == 61);
}
