#include "projections/surface.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/projections/history.hpp"
#include "tests/projections/random_history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::uint64_t kHistories = 1'000;
constexpr int kVantages = 24;

StatusAt status_of(Rows rows, const Vantage& vantage) {
  return status(steps(rows, effective(rows, vantage)), vantage.as_of);
}

/// Events to go with rows: some measured, some that describe.
std::vector<StoredEvent> events_of(Random& random, std::vector<Row>& rows) {
  std::vector<StoredEvent> events;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row& row = rows[i];
    StoredEvent stored;
    stored.position = row.position();
    stored.revision = Revision{static_cast<std::uint32_t>(i + 1)};
    const TypeCode type = type_of_kind(row.kind());
    stored.event.type = event_type(type).name;
    const bool measured = random.chance(40);
    if (measured)
      stored.event.quantities.push_back({random.chance(50) ? "buildings" : "residents",
                                         std::to_string(random.between(1, 9)), "units",
                                         random.chance(70) ? Bound::exact : Bound::more_than,
                                         random.chance(20) ? "2024" : ""});
    row.packed = row.position().value << 8 | row_kind(type, is_planned(row.kind()), measured);
    if (type == kDescribed) stored.event.description.emplace().kind = std::to_string(i);
    events.push_back(std::move(stored));
  }
  return events;
}

/// The shape that is promised: nothing twice, everything ascending, neighbours differ.
template <class Answer>
void check_shape(const Surface<Answer>& surface) {
  REQUIRE_FALSE(surface.strips.empty());
  CHECK(surface.strips.front().from == kOpenPast);
  for (std::size_t i = 0; i < surface.strips.size(); ++i) {
    const auto& strip = surface.strips[i];
    REQUIRE_FALSE(strip.cells.empty());
    CHECK(strip.cells.front().from == kOpenPast);
    for (std::size_t j = 1; j < strip.cells.size(); ++j) {
      CHECK(strip.cells[j - 1].from < strip.cells[j].from);
      CHECK(strip.cells[j - 1].answer != strip.cells[j].answer);
    }
    if (i == 0) continue;
    CHECK(surface.strips[i - 1].from < strip.from);
    CHECK_FALSE(surface.strips[i - 1].cells == strip.cells);
  }
  for (std::size_t i = 0; i < surface.answers.size(); ++i)
    CHECK(std::ranges::count(surface.answers, surface.answers[i]) == 1);
}

/// Calls `body(random, rows, vantages)` with many histories; all vantages of one position.
template <class Body>
void for_random_surfaces(Body body) {
  for (std::uint64_t n = 0; n < histories(kHistories); ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    Random random(seed);
    std::vector<Row> rows = random.chance(90) ? random.history() : random.long_history(60);
    const Position at = random.chance(60) ? kNewest : random.edge_vantage(rows).at;
    std::vector<Vantage> vantages;
    while (vantages.size() < kVantages) {
      vantages.push_back(random.chance(50) ? random.vantage(rows) : random.edge_vantage(rows));
      vantages.back().at = at;
    }
    INFO("history:", text(rows));
    body(random, rows, at, vantages);
  }
}

}  // namespace

TEST_CASE("a surface of statuses answers what status() does, reasons included") {
  for_random_surfaces(
      [](Random&, std::vector<Row>& rows, Position at, const std::vector<Vantage>& vantages) {
        const auto surface = status_surface(rows, at);
        check_shape(surface);
        for (const Vantage& vantage : vantages) {
          INFO(text(vantage));
          const StatusAt& answer = surface.at(vantage.known_by, vantage.as_of);
          const StatusAt expected = status_of(rows, vantage);
          CHECK(name(answer.status) == name(expected.status));
          CHECK(text(answer.possible) == text(expected.possible));
          CHECK(name(answer.rule) == name(expected.rule));
          CHECK(answer.since == expected.since);
          CHECK(answer.because == expected.because);
        }
      });
}

TEST_CASE("a surface of plans answers what plans() does") {
  for_random_surfaces(
      [](Random&, std::vector<Row>& rows, Position at, const std::vector<Vantage>& vantages) {
        const auto surface = plans_surface(rows, at);
        check_shape(surface);
        for (const Vantage& vantage : vantages) {
          INFO(text(vantage));
          const auto expected = plans(rows, effective(rows, vantage), vantage);
          CHECK(surface.at(vantage.known_by, vantage.as_of) == expected);
        }
      });
}

TEST_CASE("a surface of figures answers what figures() does") {
  for_random_surfaces([](Random& random, std::vector<Row>& rows, Position at,
                         const std::vector<Vantage>& vantages) {
    const auto events = events_of(random, rows);
    const auto surface = figures_surface(events, rows, at);
    check_shape(surface);
    for (const Vantage& vantage : vantages) {
      INFO(text(vantage));
      const auto expected = figures(events, rows, effective(rows, vantage), vantage);
      CHECK(surface.at(vantage.known_by, vantage.as_of) == expected);
    }
  });
}

TEST_CASE("who described a subject, and how each event stood, is what the definitions say") {
  for_random_surfaces([](Random& random, std::vector<Row>& rows, Position at,
                         const std::vector<Vantage>& vantages) {
    const auto events = events_of(random, rows);
    const auto described = descriptions(events, rows, at);
    const auto held = tenures(rows, at);
    REQUIRE_FALSE(described.empty());
    CHECK(described.front().from == kOpenPast);
    for (const Vantage& vantage : vantages) {
      INFO(text(vantage));
      const Effective counting = effective(rows, vantage);
      const auto last =
          std::prev(std::ranges::upper_bound(described, vantage.known_by, {}, &Described::from));
      CHECK(last->by == described_by(events, counting));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(i);
        const bool recorded = i < held.size();
        CHECK(recorded == (rows[i].position() <= at));
        if (!recorded) continue;
        const auto found = std::ranges::find_if(held[i], [&](const Tenure& tenure) {
          return tenure.from <= vantage.known_by &&
                 (vantage.known_by < tenure.to || tenure.to == kOpenFuture);
        });
        CHECK((found != held[i].end()) == counting.visible(i));
        if (found != held[i].end()) CHECK(found->superseded_by == counting.superseded_by[i]);
      }
    }
  });
}

TEST_CASE("what became known later changes the past only as seen from then on") {
  History history;
  const Revision plan = history.plan("opened", "2023-06", "2022-01-10");
  const Revision opened = history.actual("opened", "2023-09", "2023-10-05");
  const auto surface = status_surface(history.rows(), kNewest);
  const auto day = [](const char* text) { return as_of(text).as_of; };

  REQUIRE(surface.strips.size() == 3);
  CHECK(surface.at(day("2022-01-09"), day("2024-01-01")).status == Status::unrecorded);
  CHECK(surface.at(day("2022-01-10"), day("2024-01-01")).status == Status::announced);
  CHECK(surface.at(day("2022-01-10"), day("2024-01-01")).because == std::vector{plan});
  const StatusAt& later = surface.at(day("2023-10-05"), day("2023-09-30"));
  CHECK(later.status == Status::operating);
  CHECK(later.because == std::vector{opened});
  CHECK_FALSE(surface.at(day("2023-10-05"), day("2023-09-15")).certain());
}

TEST_CASE("a subject of which nothing is recorded has one answer from every day") {
  const auto surface = status_surface({}, kNewest);
  check_shape(surface);
  CHECK(surface.answers.size() == 1);
  CHECK(surface.at(kOpenFuture, kOpenFuture).rule == Rule::nothing_recorded);
  CHECK(plans_surface({}, kNewest).at(kOpenFuture, kOpenPast).empty());
  CHECK(figures_surface({}, {}, kNewest).at(kOpenPast, kOpenFuture).empty());
  CHECK(descriptions({}, {}, kNewest) == std::vector<Described>{{kOpenPast, Revision{0}}});
}
