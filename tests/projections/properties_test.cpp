#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "events/event_type.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"
#include "tests/projections/status_of.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::uint64_t kHistories = 2'000;
constexpr std::size_t kMostEnumerated = 20'000;

/// Calls `body(random, rows)` with many histories, and says which one failed.
template <class Body>
void for_random_histories(Body body) {
  const std::uint64_t count = histories(kHistories);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    const std::vector<Row> rows = random.history();
    INFO("history:", text(rows));
    body(random, rows);
  }
}

std::string plan_changes(const std::vector<Plan>& before, const std::vector<Plan>& after) {
  std::string result;
  for (const Plan& plan : after) {
    const auto same = std::ranges::find(before, plan.revision, &Plan::revision);
    if (same != before.end() && same->state != plan.state)
      result += text({plan}) + " was " + std::string(name(same->state));
  }
  return result;
}

}  // namespace

TEST_CASE("what counts at a vantage is what the definition says, for random histories") {
  for_random_histories([](RandomHistory& random, Rows rows) {
    const Vantage vantage = random.vantage({rows.begin(), rows.end()});
    INFO(text(vantage));
    const Effective answer = effective(rows, vantage);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CAPTURE(i);
      CHECK(answer.visible(i) == oracle::visible(rows, i, vantage));
      CHECK(answer.counts(i) == oracle::effective(rows, i, vantage));
      CHECK(answer.superseded_by[i] == oracle::superseded_by(rows, i, vantage));
      CHECK(answer.standing[i] == oracle::standing(rows, vantage).standing[i]);
    }
  });
}

TEST_CASE("status and possible statuses are those of all worlds, for random histories") {
  std::size_t worlds = 0;
  std::size_t uncertain = 0;
  for_random_histories([&](RandomHistory& random, Rows rows) {
    for (int question = 0; question < 2; ++question) {
      const Vantage vantage = random.vantage({rows.begin(), rows.end()});
      INFO(text(vantage));
      REQUIRE(oracle::worlds(rows, vantage) <= kMostEnumerated);
      const oracle::Answer expected = oracle::status(rows, vantage);
      const StatusAt answer = status_of(rows, vantage);
      CHECK(name(answer.status) == name(expected.status));
      CHECK(text(answer.possible) == text(expected.possible));
      CHECK(answer.certain() == (expected.possible.count() == 1));
      if (!answer.certain() || answer.status != Status::unrecorded)
        CHECK_FALSE(answer.because.empty());
      CHECK(std::ranges::is_sorted(answer.because));
      worlds += expected.worlds;
      uncertain += expected.possible.count() > 1 ? 1 : 0;
    }
  });
  MESSAGE("worlds enumerated: ", worlds, ", uncertain statuses: ", uncertain);
}

TEST_CASE("plans are those of the definition, for random histories") {
  std::array<std::size_t, kPlanStates> states{};
  std::size_t named = 0;
  for_random_histories([&](RandomHistory& random, Rows rows) {
    const std::vector<StoredEvent> events = random.events({rows.begin(), rows.end()});
    const PlanKeys keys = plan_keys(events);
    INFO("events:", text(events));
    for (int question = 0; question < 4; ++question) {
      const Vantage vantage = random.vantage({rows.begin(), rows.end()});
      INFO(text(vantage));
      const std::vector<Plan> answer = plans(rows, keys, effective(rows, vantage), vantage);
      CHECK(text(answer) == text(oracle::plans(events, rows, vantage)));
      for (const Plan& plan : answer) {
        ++states.at(static_cast<std::size_t>(plan.state));
        if (plan.met_by.value != 0 && !events[plan.met_by.value - 1].event.fulfils.empty()) ++named;
      }
    }
  });
  for (std::size_t i = 0; i < kPlanStates; ++i)
    MESSAGE("plans ", name(static_cast<PlanState>(i)), ": ", states.at(i));
  MESSAGE("plans met by an event that names them: ", named);
}

TEST_CASE("timelines hold the right marks in the right order, for random histories") {
  for_random_histories([](RandomHistory& random, Rows rows) {
    const Vantage vantage = random.vantage({rows.begin(), rows.end()});
    INFO(text(vantage));
    Bounds window;
    if (random.percent(50)) window.earliest = Day{kFirstDay + random.between(0, kDays)};
    if (random.percent(50)) window.latest = Day{kFirstDay + random.between(0, kDays)};
    CHECK(text(timeline(rows, effective(rows, vantage), vantage, window)) ==
          text(oracle::timeline(rows, vantage, window)));
  });
}

TEST_CASE("a diff is the difference of two answers, for random histories") {
  for_random_histories([](RandomHistory& random, Rows rows) {
    const Vantage from = random.vantage({rows.begin(), rows.end()});
    Vantage to = random.vantage({rows.begin(), rows.end()});
    if (random.percent(30)) to.at = from.at;
    if (random.percent(30)) to.known_by = from.known_by;
    const std::vector<StoredEvent> events = random.events({rows.begin(), rows.end()});
    INFO("events:", text(events));
    INFO("from ", text(from), " to ", text(to));
    const oracle::Answer before = oracle::status(rows, from);
    const oracle::Answer after = oracle::status(rows, to);
    const SubjectDiff answer = diff(rows, plan_keys(events), from, to);
    CHECK(name(answer.before.status) == name(before.status));
    CHECK(name(answer.after.status) == name(after.status));
    CHECK(text(answer.before.possible) == text(before.possible));
    CHECK(text(answer.after.possible) == text(after.possible));
    CHECK(text(answer.events) == text(oracle::event_changes(rows, from, to)));
    std::string changed;
    for (const PlanChange& change : answer.plans)
      changed += text({change.plan}) + " was " + std::string(name(change.before));
    CHECK(changed ==
          plan_changes(oracle::plans(events, rows, from), oracle::plans(events, rows, to)));
    if (before.status != after.status) CHECK_FALSE(answer.events.empty());
    if (from == to) CHECK(answer.empty());
  });
}

TEST_CASE("explanations agree with what counts and with the status, for random histories") {
  for_random_histories([](RandomHistory& random, Rows rows) {
    const Vantage vantage = random.vantage({rows.begin(), rows.end()});
    INFO(text(vantage));
    const Explanation answer = explain(rows, vantage);
    REQUIRE(answer.evidence.size() == rows.size());
    Day news = kOpenPast;
    std::vector<Revision> counted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Row& row = rows[i];
      const Evidence& evidence = answer.evidence[i];
      CAPTURE(i);
      CAPTURE(name(evidence.verdict));
      CHECK(evidence.revision.value == i + 1);
      const bool seen = oracle::visible(rows, i, vantage);
      const bool stands = seen && oracle::superseded_by(rows, i, vantage).value == 0;
      if (seen && row.known <= vantage.as_of) news = std::max(news, row.known);
      CHECK((evidence.verdict == Verdict::not_yet_recorded) == (row.position() > vantage.at));
      CHECK((evidence.verdict == Verdict::not_yet_known) ==
            (row.position() <= vantage.at && row.known > vantage.known_by));
      CHECK((evidence.verdict == Verdict::superseded) == (seen && !stands));
      if (!stands) continue;
      const bool plan = is_planned(row.kind());
      const bool bears = oracle::bears_on_status(row);
      const Day earliest = plan ? row.known : row.earliest;
      const Day latest = plan ? row.known : row.latest;
      const bool named = std::ranges::find(answer.status.because, evidence.revision) !=
                         answer.status.because.end();
      if (type_of_kind(row.kind()) == kRetracted) {
        CHECK(evidence.verdict == Verdict::no_effect);
        continue;
      }
      CHECK((evidence.verdict == Verdict::not_yet_happened) == (earliest > vantage.as_of));
      if (earliest > vantage.as_of) continue;
      CHECK((evidence.verdict == Verdict::no_effect) == !bears);
      CHECK((evidence.verdict == Verdict::decided) == (named && latest <= vantage.as_of));
      CHECK((evidence.verdict == Verdict::possible) == (named && latest > vantage.as_of));
      CHECK((evidence.verdict == Verdict::no_difference) == (bears && !named));
    }
    CHECK(answer.last_news == news);
    for (const Revision revision : answer.status.because) {
      const Verdict verdict = answer.evidence.at(revision.value - 1).verdict;
      CHECK((verdict == Verdict::decided || verdict == Verdict::possible));
    }
  });
}
