#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "projections/possible.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"
#include "tests/projections/status_of.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr auto kCovering =
    std::to_array<std::string_view>({"suspended", "resumed", "cancelled", "retired", "reinstated"});
constexpr auto kAny = std::to_array<std::string_view>(
    {"suspended", "resumed", "suspended", "cancelled", "retired", "reinstated", "reinstated",
     "announced", "agreement-signed", "construction-started", "construction-completed", "opened"});

/// `count` events that may each have happened on any of `width` days, the first of which
/// lies within `days`.
template <std::size_t N>
std::vector<Row> vague(RandomHistory& random, const std::array<std::string_view, N>& types,
                       int count, std::int32_t days, std::int32_t width) {
  std::vector<Row> rows;
  for (int i = 0; i < count; ++i) {
    const Day earliest{kFirstDay + random.between(0, days - 1)};
    const Day latest{earliest.number + width - 1};
    const auto type = types.at(static_cast<std::size_t>(random.between(0, N - 1)));
    rows.emplace_back(Dating{{earliest, latest}, latest, row_kind(type_code(type), false)},
                      Position{static_cast<std::uint64_t>(i + 1)}, Revision{0});
  }
  return rows;
}

}  // namespace

TEST_CASE("of many overlapping vague suspensions and endings no status is lost") {
  struct Size {
    int events;
    std::int32_t days, width;
  };
  for (const Size& size : {Size{2'000, 4'000, 6}, Size{1'000, 2'000, 80}, Size{300, 2, 30}}) {
    CAPTURE(size.events);
    CAPTURE(size.width);
    RandomHistory random(base_seed());
    const std::vector<Row> rows = vague(random, kAny, size.events, size.days, size.width);
    for (const std::int32_t as_of : {size.days / 2, size.days + size.width}) {
      CAPTURE(as_of);
      const Vantage vantage{.as_of = Day{kFirstDay + as_of}};
      const StatusAt answer = status_of(rows, vantage);
      CHECK(answer.possible[static_cast<std::size_t>(answer.status)]);
      CHECK(is_within(oracle::sample(rows, vantage, random, 20), answer.possible));
      CHECK_FALSE(answer.because.empty());
    }
  }
}

TEST_CASE("thousands of vague milestones without suspension or ending are exact") {
  RandomHistory random(base_seed());
  const auto milestones = std::to_array<std::string_view>(
      {"announced", "agreement-signed", "construction-started", "construction-completed"});
  std::vector<Row> rows = vague(random, milestones, 3'000, 10, 1'000);
  CHECK(text(status_of(rows, {.as_of = Day{kFirstDay + 500}}).possible) ==
        text(set_of({Status::unrecorded, Status::announced, Status::agreed,
                     Status::under_construction, Status::completed})));
  CHECK(status_of(rows, {.as_of = Day{kFirstDay + 1'100}}).certain());
}

TEST_CASE("any number of vague milestones around a vague suspension is exact") {
  RandomHistory random(base_seed());
  const auto milestones =
      std::to_array<std::string_view>({"announced", "agreement-signed", "construction-started"});
  std::vector<Row> rows = vague(random, milestones, 200, 1, 40);
  const Dating suspended{{Day{kFirstDay + 10}, Day{kFirstDay + 20}},
                         Day{kFirstDay + 90},
                         row_kind(type_code("suspended"), false)};
  rows.emplace_back(suspended, rows.back().position().next(), Revision{0});
  CHECK(text(status_of(rows, {.as_of = Day{kFirstDay + 90}}).possible) ==
        text(set_of({Status::under_construction, Status::suspended})));
}

TEST_CASE("any number of vague suspensions, each over before the next, is exact") {
  std::vector<Row> rows;
  for (int i = 0; i < 1'000; ++i) {
    const Day first{kFirstDay + 3 * i};
    const Day last{first.number + 1};
    const TypeCode type = type_code(i % 2 == 0 ? "suspended" : "resumed");
    rows.emplace_back(Dating{{first, last}, last, row_kind(type, false)},
                      Position{static_cast<std::uint64_t>(i + 1)}, Revision{0});
  }
  const auto possible = [&](std::int32_t day) {
    return text(status_of(rows, {.as_of = Day{kFirstDay + day}}).possible);
  };
  CHECK(possible(2'993) == text(set_of({Status::unrecorded})));
  CHECK(possible(2'994) == text(set_of({Status::unrecorded, Status::suspended})));
  CHECK(possible(2'995) == text(set_of({Status::suspended})));
}

TEST_CASE("events that may have happened in every order are exact") {
  for (std::uint64_t n = 0; n < 400; ++n) {
    CAPTURE(n);
    RandomHistory random(base_seed() + n);
    const int events = random.between(3, 5);
    const std::vector<Row> rows = vague(random, kAny, events, 1, events);
    const Vantage vantage{.as_of = Day{kFirstDay + random.between(0, events)}};
    INFO(text(rows));
    CHECK(text(status_of(rows, vantage).possible) == text(oracle::status(rows, vantage).possible));
  }
}

TEST_CASE("below the limit of overlapping vague events the answer is exact") {
  for (std::uint64_t n = 0; n < 12; ++n) {
    CAPTURE(n);
    RandomHistory random(base_seed() + n);
    const std::vector<Row> rows = vague(random, kAny, 11, 2, 2);
    const Vantage vantage{.as_of = Day{kFirstDay + 5}};
    INFO(text(rows));
    CHECK(text(status_of(rows, vantage).possible) == text(oracle::status(rows, vantage).possible));
  }
}

TEST_CASE("beyond the limit of overlapping vague events no status is lost") {
  for (std::uint64_t n = 0; n < 4; ++n) {
    CAPTURE(n);
    RandomHistory random(base_seed() + n);
    // On the first of two days any subset of these may have happened.
    constexpr int kEvents = 15;
    static_assert((std::size_t{1} << kEvents) > WorldLimits{}.worlds);
    const std::vector<Row> rows = vague(random, kCovering, kEvents, 1, 2);
    const Vantage vantage{.as_of = Day{kFirstDay + 5}};
    INFO(text(rows));
    const StatusSet answer = status_of(rows, vantage).possible;
    INFO(text(answer));
    CHECK(is_within(oracle::status(rows, vantage).possible, answer));
  }
}

TEST_CASE("beyond the limit what is certain may still be called so") {
  RandomHistory random(base_seed());
  std::vector<Row> rows = vague(random, kCovering, 300, 1, 30);
  const auto add = [&](std::string_view type) {
    const Day day{kFirstDay + 100 + static_cast<std::int32_t>(rows.size())};
    rows.emplace_back(Dating{{day, day}, day, row_kind(type_code(type), false)},
                      rows.back().position().next(), Revision{0});
  };
  add("reinstated");
  add("opened");
  add("retired");
  CHECK(text(status_of(rows, {.as_of = Day{kFirstDay + 900}}).possible) ==
        text(set_of({Status::retired})));
}
