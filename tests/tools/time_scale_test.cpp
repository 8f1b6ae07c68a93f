#include "tools/report/svg/time_scale.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

Bounds only(const std::string& text) {
  return {day(text), day(text)};
}

}  // namespace

TEST_CASE("equal times are equally long") {
  const TimeScale scale({only("2020-01-01"), only("2024-12-31")}, 100, 1000);
  const double january = scale.x(day("2022-02-01")) - scale.x(day("2022-01-01"));
  const double march = scale.x(day("2023-04-01")) - scale.x(day("2023-03-01"));
  CHECK(january == doctest::Approx(march));
  CHECK(scale.breaks().empty());
  CHECK(scale.left() == 100);
  CHECK(scale.right() == 1100);
}

TEST_CASE("all that is busy is shown, with room at both ends") {
  const TimeScale scale({only("2020-01-01"), {day("2021-05-01"), day("2024-12-31")}}, 0, 1000);
  CHECK(scale.x(day("2020-01-01")) > 0);
  CHECK(scale.end_of(day("2024-12-31")) < 1000);
  CHECK(scale.x(kOpenPast) == 0);
  CHECK(scale.end_of(kOpenFuture) == 1000);
  CHECK(scale.x(day("1999-01-01")) == 0);
}

TEST_CASE("years in which nothing happens are left out, and only they") {
  const TimeScale scale({only("1975-11-01"), only("2022-03-15"), only("2025-12-31")}, 0, 1000);
  REQUIRE(scale.breaks().size() == 1);
  const TimeScale::Break& left_out = scale.breaks().front();
  CHECK(left_out.from == day("1977-01-01"));
  CHECK(left_out.to == day("2021-01-01"));
  CHECK(scale.x(left_out.to) - scale.x(left_out.from) == doctest::Approx(TimeScale::kBreakWidth));
  // True beside the break.
  const double before = scale.x(day("1976-11-01")) - scale.x(day("1976-01-01"));
  const double after = scale.x(day("2024-11-01")) - scale.x(day("2024-01-01"));
  CHECK(before == doctest::Approx(after));
  CHECK(left_out.x > scale.x(left_out.from));
  CHECK(left_out.x < scale.x(left_out.to));
}

TEST_CASE("a stretch that is known to be busy has no break in it") {
  CHECK(TimeScale({only("1975-11-01"), {day("1975-01-01"), day("2022-01-01")}, only("2023-01-01")},
                  0, 1000)
            .breaks()
            .empty());
}

TEST_CASE("time never runs backwards, also through breaks") {
  const TimeScale scale(
      {only("1900-05-05"), only("1950-05-05"), only("2022-03-15"), only("2025-12-31")}, 10, 700);
  CHECK(scale.breaks().size() == 2);
  double last = 0;
  for (std::int32_t number = day("1899-01-01").number; number < day("2027-01-01").number;
       ++number) {
    REQUIRE(scale.x(Day{number}) >= last);
    last = scale.x(Day{number});
  }
  CHECK(last <= 710);
}

TEST_CASE("a single day is shown within a year") {
  const TimeScale scale({only("2022-03-15")}, 0, 1000);
  CHECK(scale.shown().latest - scale.shown().earliest >= 365);
  CHECK(scale.x(day("2022-03-15")) == doctest::Approx(500).epsilon(0.02));
  const auto ticks = scale.ticks(40);
  CHECK(std::ranges::count(ticks, TimeScale::TickKind::year, &TimeScale::Tick::kind) >= 1);
}

TEST_CASE("labels of the axis stand apart, whatever the span") {
  for (const std::string first : {"2025-01-01", "2015-01-01", "1900-01-01", "0001-01-01"}) {
    CAPTURE(first);
    // Busy throughout, so that nothing is left out.
    const TimeScale scale({{day(first), day("2025-12-31")}}, 0, 800);
    double last = -1000;
    std::size_t labels = 0;
    for (const TimeScale::Tick& tick : scale.ticks(46)) {
      if (!tick.labelled) continue;
      CHECK(tick.x - last >= 30);
      last = tick.x;
      ++labels;
    }
    CHECK(labels >= 1);
    CHECK(labels <= 27);
  }
}
