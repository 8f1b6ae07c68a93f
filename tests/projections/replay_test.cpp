#include "projections/replay.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// A projection as an embedding program would write one: the ids, as they come.
struct Ids {
  std::string seen;
  void apply(const StoredEvent& stored) {
    seen += seen.empty() ? stored.event.id : " " + stored.event.id;
  }
};

/// A log in memory.
class Recorded {
 public:
  Recorded() {
    REQUIRE(Journal::create(disk_, "/store"));
    journal_ = open_journal(disk_, "/store", clock_).value();
  }

  void record(const Event& event) { REQUIRE(append(*journal_, {&event, 1})); }

  [[nodiscard]] std::string replayed(const Vantage& vantage, std::string_view prefix = {}) {
    return replay(journal_->log(), vantage, Ids{}, prefix).value().seen;
  }

 private:
  Disk disk_ = Disk::memory();
  ManualClock clock_;
  std::unique_ptr<Journal> journal_;
};

}  // namespace

TEST_CASE("a replay shows what counts and had happened, subject by subject, by latest day") {
  Recorded log;
  log.record(event("opened", "opened", "2022", "2023-01-01"));
  log.record(event("other", "opened", "2020-01-01", "2023-01-01", "park/other"));
  log.record(event("announced", "announced", "2021-05", "2023-01-01"));
  log.record(event("wrong", "visited", "2021-06-01", "2023-01-01"));
  Event correction = event("right", "visited", "2021-07-01", "2023-02-01");
  correction.supersedes = "wrong";
  log.record(correction);
  Event plan = event("plan", "retired", "2021-01-01", "2020-01-01");
  plan.modality = Modality::planned;
  log.record(plan);

  CHECK(log.replayed(as_of("2024")) == "announced right opened other");
  CHECK(log.replayed(as_of("2022-12-30")) == "announced right other");
  CHECK(log.replayed(as_of("2024", "2023-01-31")) == "announced wrong opened other");
  CHECK(log.replayed(as_of("2024", Position{2})) == "opened other");
}

TEST_CASE("a replay can be limited to subjects whose names begin alike") {
  Recorded log;
  log.record(event("a", "opened", "2020-01-01", "2023-01-01", "park/a"));
  log.record(event("b", "visited", "2020-01-01", "2023-01-01", "relation/b"));
  CHECK(log.replayed(as_of("2024"), "relation/") == "b");
  CHECK(log.replayed(as_of("2024"), "project/").empty());
}
