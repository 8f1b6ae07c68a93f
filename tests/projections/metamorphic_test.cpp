#include <doctest/doctest.h>

#include <algorithm>

#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"

using namespace solnoma;
using namespace solnoma::test;

// Relations between answers, which hold whatever the right answers are.

namespace {

/// All that can be asked of a subject, as text.
std::string everything(Rows rows, const std::vector<StoredEvent>& events, const Vantage& vantage) {
  const Effective counted = effective(rows, vantage);
  const StatusAt at = status(steps(rows, counted), vantage.as_of);
  std::string result = std::string(name(at.status)) + text(at.possible);
  result += std::string(name(at.rule));
  for (const Revision revision : at.because) result += " " + std::to_string(revision.value);
  return result + text(plans(rows, plan_keys(events), counted, vantage)) +
         text(timeline(rows, counted, vantage));
}

template <class Body>
void for_random_vantages(Body body) {
  const std::uint64_t count = histories(1'000);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    std::vector<Row> rows = random.history();
    const Vantage vantage = random.vantage(rows);
    INFO("history:", text(rows));
    INFO(text(vantage));
    body(random, rows, vantage);
  }
}

}  // namespace

TEST_CASE("an event that is unknown at a vantage changes nothing there") {
  for_random_vantages([](RandomHistory& random, std::vector<Row>& rows, const Vantage& vantage) {
    std::vector<StoredEvent> events = random.events(rows);
    const std::string before = everything(rows, events, vantage);
    for (int more = 0; more < 3; ++more) {
      Row row = random.next_event(rows);
      if (is_visible(row.known, row.position(), vantage)) {
        if (vantage.known_by == kOpenFuture) return;
        row.known = Day{vantage.known_by.number + 1};
      }
      rows.push_back(row);
      events.push_back(random.event(events, row));
      INFO("events:", text(events));
      CHECK(everything(rows, events, vantage) == before);
    }
  });
}

TEST_CASE("a more precise date never makes more statuses possible") {
  for_random_vantages([](RandomHistory& random, std::vector<Row>& rows, const Vantage& vantage) {
    for (int times = 0; times < 4; ++times) {
      const StatusAt before = status(steps(rows, effective(rows, vantage)), vantage.as_of);
      Row& row = rows[static_cast<std::size_t>(
          random.between(0, static_cast<std::int32_t>(rows.size()) - 1))];
      if (is_planned(row.kind())) continue;
      const std::int32_t least =
          row.earliest == kOpenPast ? row.latest.number - 9 : row.earliest.number;
      row.earliest = Day{random.between(least, row.latest.number)};
      row.latest = Day{random.between(row.earliest.number, row.latest.number)};
      const StatusAt after = status(steps(rows, effective(rows, vantage)), vantage.as_of);
      INFO("now:", text(rows));
      INFO(text(before.possible), " and then ", text(after.possible));
      CHECK((after.possible & ~before.possible).none());
    }
  });
}

TEST_CASE("dating the events that are no reason on their latest day leaves the statuses") {
  for_random_vantages([](RandomHistory&, std::vector<Row>& rows, const Vantage& vantage) {
    const StatusAt before = status(steps(rows, effective(rows, vantage)), vantage.as_of);
    std::vector<Row> dated = rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Revision revision{static_cast<std::uint32_t>(i + 1)};
      if (!is_planned(rows[i].kind()) && !std::ranges::binary_search(before.because, revision))
        dated[i].earliest = dated[i].latest;
    }
    const StatusAt after = status(steps(dated, effective(dated, vantage)), vantage.as_of);
    CHECK(text(after.possible) == text(before.possible));
    CHECK(name(after.status) == name(before.status));
  });
}

TEST_CASE("retracting an event and then the retraction leaves every answer as it was") {
  for_random_vantages([](RandomHistory& random, std::vector<Row>& rows, const Vantage& vantage) {
    std::vector<StoredEvent> events = random.events(rows);
    const std::string before = everything(rows, events, {.as_of = vantage.as_of});
    const auto victim =
        static_cast<std::uint32_t>(random.between(1, static_cast<std::int32_t>(rows.size())));
    const auto retract = [&](std::uint32_t revision) {
      const Day known{kFirstDay + kDays};
      rows.emplace_back(Dating{{kOpenPast, known}, known, row_kind(kRetracted, false)},
                        rows.back().position().next(), Revision{revision});
      events.push_back(random.event(events, rows.back()));
      events.back().event.id = "retraction of " + events[revision - 1].event.id;
    };
    retract(victim);
    retract(static_cast<std::uint32_t>(rows.size()));
    CHECK(everything(rows, events, {.as_of = vantage.as_of}) == before);
  });
}

TEST_CASE("the statuses depend on the order of positions, not on their numbers") {
  for_random_vantages([](RandomHistory& random, std::vector<Row>& rows, const Vantage& vantage) {
    const Vantage newest{.as_of = vantage.as_of, .known_by = vantage.known_by};
    const std::vector<StoredEvent> events = random.events(rows);
    const std::string before = everything(rows, events, newest);
    for (Row& row : rows) row.packed += std::uint64_t{1'000'000} << 32;
    CHECK(everything(rows, events, newest) == before);
  });
}
