#include "projections/worlds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
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

constexpr auto kTypes = std::to_array<std::string_view>(
    {"suspended", "suspended", "resumed", "resumed", "cancelled", "retired", "reinstated",
     "announced", "agreement-signed", "opened"});
constexpr std::size_t kMostEnumerated = 1 << 11;

Row row(std::string_view type, Bounds bounds, std::size_t position) {
  return {Dating{bounds, bounds.latest, row_kind(type_code(type), false)}, Position{position},
          Revision{0}};
}

/// Few sorts of events, each told many times with the same dates; as they come, or one sort after
/// the other.
std::vector<Row> alike(RandomHistory& random) {
  struct Sort {
    std::string_view type;
    Bounds bounds;
  };
  std::vector<Sort> sorts;
  const int kinds = random.between(1, 4);
  for (int i = 0; i < kinds; ++i) {
    const Day first{kFirstDay + random.between(0, 2)};
    const auto type = kTypes.at(static_cast<std::size_t>(random.between(0, kTypes.size() - 1)));
    sorts.push_back({type, {first, Day{first.number + random.between(0, 2)}}});
  }
  std::vector<std::size_t> told;
  for (int i = random.between(2, 11); i > 0; --i)
    told.push_back(static_cast<std::size_t>(random.between(0, kinds - 1)));
  if (random.percent(40)) std::ranges::sort(told);
  std::vector<Row> rows;
  std::size_t worlds = 1;
  for (const std::size_t sort : told) {
    const Bounds bounds = sorts[sort].bounds;
    worlds *= static_cast<std::size_t>(bounds.latest - bounds.earliest + 1);
    if (worlds > kMostEnumerated) break;
    rows.push_back(row(sorts[sort].type, bounds, rows.size() + 1));
  }
  return rows;
}

std::vector<Step> steps_of(Rows rows) {
  return steps(rows, effective(rows, {}));
}

StatusAt status_as_of(Rows rows, Day as_of) {
  return status(steps_of(rows), as_of);
}

/// Calls `body(random, rows, as_of)`, and says which history failed.
template <class Body>
void for_alike_events(std::uint64_t usual, Body body) {
  for (std::uint64_t n = 0; n < histories(usual); ++n) {
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", base_seed() + n);
    RandomHistory random(base_seed() + n);
    const std::vector<Row> rows = alike(random);
    const Day as_of{kFirstDay + random.between(0, 5)};
    INFO(text(rows), " as of ", as_of.number);
    body(random, rows, as_of);
  }
}

}  // namespace

TEST_CASE("possible statuses of events that are alike are those of all worlds") {
  for_alike_events(2'000, [](RandomHistory&, Rows rows, Day as_of) {
    const StatusAt answer = status_as_of(rows, as_of);
    CHECK(text(answer.possible) == text(oracle::status(rows, {.as_of = as_of}).possible));
    CHECK(answer.exact);
  });
}

TEST_CASE("each walk keeps its promise, wherever it gives up") {
  std::size_t given_up = 0;
  for_alike_events(1'000, [&](RandomHistory& random, Rows rows, Day as_of) {
    const WorldLimits limits{static_cast<std::size_t>(random.between(1, 40)),
                             static_cast<std::size_t>(random.between(1, 400))};
    const StatusSet truth = oracle::status(rows, {.as_of = as_of}).possible;
    const std::vector<Step> all = steps_of(rows);
    const auto walk = [&](Worlds which) { return statuses_of_worlds(all, as_of, which, limits); };
    if (const auto exactly = walk(Worlds::all))
      CHECK(text(*exactly) == text(truth));
    else
      ++given_up;
    if (const auto more = walk(Worlds::any_order)) CHECK(is_within(truth, *more));
    if (const auto more = walk(Worlds::any_times)) CHECK(is_within(truth, *more));
    CHECK(is_within(statuses_of_some_worlds(all, as_of, 20), truth));
  });
  MESSAGE("walks given up: ", given_up);
}

TEST_CASE("an answer that may hold too much says so") {
  std::size_t inexact = 0;
  for_alike_events(2'000, [&](RandomHistory& random, Rows rows, Day as_of) {
    const WorldLimits limits{static_cast<std::size_t>(random.between(1, 12)),
                             static_cast<std::size_t>(random.between(1, 60))};
    const PossibleStatuses answer = possible_statuses(steps_of(rows), as_of, limits);
    const StatusSet truth = oracle::status(rows, {.as_of = as_of}).possible;
    CHECK(is_within(truth, answer.statuses));
    if (answer.exact)
      CHECK(text(answer.statuses) == text(truth));
    else
      ++inexact;
  });
  MESSAGE("answers that say so: ", inexact);
}

TEST_CASE("what is told twelve times of a year has happened by its end") {
  History h;
  h.actual("opened", "2023-05-01", "2023-05-01");
  for (int month = 1; month <= 12; ++month) h.actual("suspended", "2024", "2025-01-15");
  const StatusAt later = h.at(as_of("2025-06-01"));
  CHECK(later.status == Status::suspended);
  CHECK(later.certain());
  CHECK(later.exact);
  const StatusAt during = h.at(as_of("2024-06-01"));
  CHECK(text(during.possible) == text(set_of({Status::operating, Status::suspended})));
  CHECK(during.exact);
}

TEST_CASE("hundreds of suspensions and resumptions of one year are told exactly") {
  for (const bool in_turns : {true, false}) {
    History h;
    h.actual("opened", "2023-05-01", "2023-05-01");
    for (int i = 0; i < 300; ++i)
      h.actual((in_turns ? i % 2 == 0 : i < 150) ? "suspended" : "resumed", "2024", "2025-01-15");
    const StatusAt at = h.at(as_of("2025-06-01"));
    CHECK(text(at.possible) == text(set_of({Status::operating, Status::suspended})));
    CAPTURE(in_turns);
    CHECK(at.exact);
  }
}

TEST_CASE("of alike events, only one with a later position comes after another on its last day") {
  History h;
  h.actual("suspended", "2022-03-01/2022-03-02", "2023-01-01");
  h.actual("suspended", "2022-03-01/2022-03-02", "2023-01-01");
  h.actual("resumed", "2022-03-02", "2023-01-01");
  CHECK(h.at(as_of("2022-12-31")).certain());
  CHECK(h.status(as_of("2022-12-31")) == Status::unrecorded);
  h.actual("suspended", "2022-03-01/2022-03-02", "2023-01-01");
  CHECK(text(h.at(as_of("2022-12-31")).possible) ==
        text(set_of({Status::unrecorded, Status::suspended})));
}
