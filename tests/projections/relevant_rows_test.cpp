#include "projections/relevant_rows.hpp"

#include <doctest/doctest.h>

#include "tests/oracle/every_chain.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"
#include "tests/projections/status_of.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// The positions of the rows that are left, in tens: which events of a History they were.
std::vector<std::uint64_t> left(const History& history) {
  std::vector<std::uint64_t> events;
  for (const Row& row : relevant_rows(history.rows())) events.push_back(row.position().value / 10);
  return events;
}

using Events = std::vector<std::uint64_t>;

void check_same(Rows rows, Rows kept, const Vantage& vantage) {
  INFO(text(vantage));
  const StatusAt expected = status_of(rows, vantage);
  const StatusAt answer = status_of(kept, vantage);
  CHECK(name(answer.status) == name(expected.status));
  CHECK(text(answer.possible) == text(expected.possible));
}

bool ends(const Step& step) {
  return step.effect == Effect::cancel || step.effect == Effect::retire;
}

/// The rule of projections/README.md as it is worded: whether the step of row `r` dominates that
/// of row `s`.
bool dominates(Rows rows, std::size_t r, std::size_t s) {
  const auto first = step_of(rows[r], {});
  const auto second = step_of(rows[s], {});
  if (!first || !second || r >= s || rows[r].known > rows[s].known) return false;
  if (first->latest > second->earliest || second->effect == Effect::reinstate) return false;
  const bool raised = first->effect == Effect::raise && second->effect == Effect::raise &&
                      first->stage >= second->stage;
  if (!raised && !ends(*first)) return false;
  bool before_every_end = raised;
  bool reinstated = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].supersedes == r + 1) return false;
    const auto step = step_of(rows[i], {});
    if (!step) continue;
    if (ends(*step) && step->earliest <= first->latest) before_every_end = false;
    if (step->effect == Effect::reinstate && step->earliest <= second->latest &&
        step->latest >= first->earliest)
      reinstated = true;
  }
  return before_every_end || !reinstated;
}

/// The positions that are left by that rule.
std::vector<Position> left_by_rule(Rows rows) {
  std::vector<Position> left;
  std::vector<bool> kept(rows.size());
  for (std::size_t s = 0; s < rows.size(); ++s) {
    bool redundant = !step_of(rows[s], {});
    for (std::size_t r = 0; r < s && !redundant; ++r) redundant = dominates(rows, r, s);
    kept[s] = !redundant || (rows[s].supersedes != 0 && kept[rows[s].supersedes - 1]);
    if (kept[s]) left.push_back(rows[s].position());
  }
  return left;
}

/// Calls `body(random)` with many seeds, and says which one failed.
template <class Body>
void for_seeds(std::uint64_t usual, Body body) {
  const std::uint64_t count = histories(usual);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    body(random);
  }
}

}  // namespace

TEST_CASE("what has no effect on a status is left out, with what corrects and retracts it") {
  History history;
  const Revision described = history.actual("described", "", "2020-01-01");
  const Revision number = history.actual("indicator-reported", "2019", "2020-01-01");
  history.retract(described, "2020-02-01");
  const Revision correction = history.actual("indicator-reported", "2018", "2020-02-01", number);
  history.retract(correction, "2020-03-01");
  history.plan("described", "2021", "2020-03-01");
  CHECK(left(history).empty());
}

TEST_CASE("a milestone that comes surely after one of its stage is left out") {
  History history;
  history.actual("construction-started", "2020-03", "2020-05-01");
  history.actual("building-completed", "2020-03-31", "2020-05-01");  // the same day, told later
  history.actual("visited", "2020-06", "2020-07-01");
  history.plan("opened", "2022", "2020-07-01");
  CHECK(left(history) == Events{1});
}

TEST_CASE("a milestone that may have come first stays") {
  History history;
  history.actual("construction-started", "2020-03", "2020-05-01");
  history.actual("building-completed", "2020-03-30", "2020-05-01");
  CHECK(left(history) == Events{1, 2});
}

TEST_CASE("a milestone of a higher stage stays") {
  History history;
  history.actual("construction-started", "2020-03-01", "2020-05-01");
  history.actual("opened", "2021-03-01", "2021-05-01");
  CHECK(left(history) == Events{1, 2});
}

TEST_CASE("a milestone that was known sooner stays, and so does one that was recorded sooner") {
  History known;
  known.actual("announced", "2020-01-01", "2022-01-01");
  known.actual("visited", "2020-06-01", "2020-07-01");
  CHECK(left(known) == Events{1, 2});

  History recorded;
  recorded.actual("visited", "2020-06-01", "2020-07-01");
  recorded.actual("announced", "2020-01-01", "2020-01-01");
  CHECK(left(recorded) == Events{1, 2});
}

TEST_CASE("what a superseded milestone would make needless stays") {
  History history;
  const Revision wrong = history.actual("announced", "2020-01-01", "2020-01-01");
  history.actual("visited", "2020-06-01", "2020-07-01");
  history.retract(wrong, "2021-01-01");
  CHECK(left(history) == Events{1, 2, 3});
}

TEST_CASE("a needless milestone is left out with its correction") {
  History history;
  history.actual("opened", "2020-01-01", "2020-01-01");
  const Revision wrong = history.actual("visited", "2020-06-01", "2020-07-01");
  const Revision right = history.actual("visited", "2020-06-02", "2020-07-02", wrong);
  history.retract(right, "2020-07-03");
  CHECK(left(history) == Events{1});
}

TEST_CASE("a needless milestone stays where it corrects what is not needless") {
  History history;
  history.actual("opened", "2020-01-01", "2020-01-01");
  const Revision wrong = history.actual("suspended", "2020-06-01", "2020-07-01");
  history.actual("visited", "2020-06-01", "2020-07-02", wrong);
  CHECK(left(history) == Events{1, 2, 3});
  CHECK(relevant_rows(history.rows())[2].supersedes == 2);
}

TEST_CASE("a chain of corrections stays from the first that is not needless on") {
  History history;
  history.actual("opened", "2020-01-01", "2020-01-01");
  const Revision needless = history.actual("visited", "2020-06-01", "2020-07-01");
  const Revision wrong = history.actual("suspended", "2020-06-01", "2020-07-02", needless);
  const Revision right = history.actual("visited", "2020-06-01", "2020-07-03", wrong);
  history.actual("described", "", "2020-07-04", right);
  CHECK(left(history) == Events{1, 3, 4, 5});
  const std::vector<Row> kept = relevant_rows(history.rows());
  CHECK(kept[1].supersedes == 0);
  CHECK(kept[2].supersedes == 2);
  CHECK(kept[3].supersedes == 3);
  CHECK(name(status_of(kept, as_of("2022", "2020-07-02")).status) == "suspended");
  CHECK(name(status_of(kept, as_of("2022")).status) == "operating");
}

TEST_CASE("the relevant rows of every history of up to five events have its statuses") {
  for (std::size_t events = 1; events <= 5; ++events)
    for_every_chain(events, [](Rows rows) {
      const std::vector<Row> kept = relevant_rows(rows);
      for (const Vantage& vantage : {Vantage{}, Vantage{.known_by = Day{kChainDay}}}) {
        const Effective counting = oracle::standing(rows, vantage);
        if (status_of(kept, vantage).status == status(steps(rows, counting), kOpenFuture).status)
          continue;
        INFO(text(rows), "\nrelevant:", text(kept));
        FAIL_CHECK(text(vantage));
      }
    });
}

TEST_CASE("what an ended park may have ignored makes nothing needless after a reinstatement") {
  History history;
  history.actual("cancelled", "2020-01-01", "2020-01-01");
  history.actual("opened", "2020-02-01", "2020-02-01");
  history.actual("reinstated", "2020-03-01", "2020-03-01");
  history.actual("opened", "2020-04-01", "2020-04-01");
  history.actual("visited", "2020-05-01", "2020-05-01");
  // The end makes the first opening needless, the second one the visit.
  CHECK(left(history) == Events{1, 3, 4});
}

TEST_CASE("what came before every end still counts after a reinstatement") {
  History history;
  history.actual("opened", "2019-01-01", "2019-01-01");
  history.actual("cancelled", "2020-01-01", "2020-01-01");
  history.actual("reinstated", "2020-03-01", "2020-03-01");
  history.actual("opened", "2020-04-01", "2020-04-01");
  CHECK(left(history) == Events{1, 2, 3});
}

TEST_CASE("after an end only a reinstatement makes a difference") {
  History history;
  history.actual("cancelled", "2020-01-01", "2020-01-01");
  history.actual("retired", "2020-02-01", "2020-02-01");
  history.actual("suspended", "2020-03-01", "2020-03-01");
  history.actual("resumed", "2020-04-01", "2020-04-01");
  CHECK(left(history) == Events{1});
}

TEST_CASE("the relevant rows have the statuses of all worlds, for random histories") {
  for_seeds(2'000, [](RandomHistory& random) {
    const std::vector<Row> rows = random.history();
    const std::vector<Row> kept = relevant_rows(rows);
    INFO("history:", text(rows), "\nrelevant:", text(kept));
    const Vantage vantage = random.edge_vantage(rows);
    INFO(text(vantage));
    const oracle::Answer expected = oracle::status(rows, vantage);
    const StatusAt answer = status_of(kept, vantage);
    CHECK(name(answer.status) == name(expected.status));
    CHECK(text(answer.possible) == text(expected.possible));
  });
}

TEST_CASE("the relevant rows answer as all rows do from every edge, for random histories") {
  std::size_t all = 0;
  std::size_t left = 0;
  for_seeds(2'000, [&](RandomHistory& random) {
    const std::vector<Row> rows = random.history();
    const std::vector<Row> kept = relevant_rows(rows);
    INFO("history:", text(rows), "\nrelevant:", text(kept));
    for (int question = 0; question < 30; ++question)
      check_same(rows, kept, random.edge_vantage(rows));
    all += rows.size();
    left += kept.size();
  });
  MESSAGE("rows: ", all, ", relevant: ", left);
}

TEST_CASE("the relevant rows answer as all rows do, for long random histories") {
  std::size_t all = 0;
  std::size_t left = 0;
  for_seeds(1'000, [&](RandomHistory& random) {
    const std::vector<Row> rows = random.long_history(random.between(3, 60));
    const std::vector<Row> kept = relevant_rows(rows);
    INFO("history:", text(rows), "\nrelevant:", text(kept));
    for (int question = 0; question < 40; ++question)
      check_same(rows, kept, random.edge_vantage(rows));
    all += rows.size();
    left += kept.size();
  });
  MESSAGE("rows: ", all, ", relevant: ", left);
}

TEST_CASE("the relevant rows leave out exactly what the rule says, for random histories") {
  for_seeds(1'000, [](RandomHistory& random) {
    const std::vector<Row> rows =
        random.percent(50) ? random.history() : random.long_history(random.between(3, 60));
    INFO("history:", text(rows));
    std::vector<Position> left;
    for (const Row& row : relevant_rows(rows)) left.push_back(row.position());
    CHECK(left == left_by_rule(rows));
  });
}

TEST_CASE("the relevant rows of relevant rows say the same, and are no more") {
  for_seeds(500, [](RandomHistory& random) {
    const std::vector<Row> rows = random.history();
    const std::vector<Row> kept = relevant_rows(rows);
    CHECK(relevant_rows(kept).size() <= kept.size());
    for (int question = 0; question < 5; ++question)
      check_same(kept, relevant_rows(kept), random.edge_vantage(rows));
  });
}

TEST_CASE("the relevant rows of a very long history are found in no time, and few") {
  RandomHistory random(base_seed());
  CHECK(relevant_rows(random.long_history(200'000)).size() < 100'000);
}
