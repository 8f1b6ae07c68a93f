// Seeded runs of the whole engine, beside a model that keeps everything in a vector: random
// appends, corrections and late news, restarts, failing disks, a clock that jumps, and
// questions on all three axes. A failing seed is printed and runs alone:
// SOLNOMA_SEED=… SOLNOMA_HISTORIES=1.

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "engine/inclusion_proof.hpp"
#include "engine/proof/record.hpp"
#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "projections/many/portfolio.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"
#include "tests/sim/model.hpp"
#include "tests/support/engine_faulty_disk.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::sim;
using test::FaultyDisk;

namespace {

constexpr std::size_t kMostWorlds = 20'000;
constexpr std::uint64_t kSeeds = 200;

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed) : drafts_source_(seed) {
    test::create_store(disk(), "/store");
    open();
  }

  void step() {
    auto& random = drafts_source_.random();
    clock_.advance(std::chrono::seconds{random.between(-40, 500'000)});
    if (random.percent(3)) clock_.advance(std::chrono::years{random.between(-30, 30)});
    switch (drafts_source_.random().between(0, 19)) {
      case 0:
        open();
        break;
      case 1:
        REQUIRE(journal_->rebuild());
        break;
      case 2:
        fail_and_recover();
        break;
      case 3:
        copy();
        break;
      case 4:
        repeat();
        break;
      case 5:
        refuse();
        break;
      case 6:
        check_log();
        break;
      default:
        append();
    }
    ask();
  }

  void check_log() {
    const auto head = verify_log(journal_->log());
    REQUIRE_MESSAGE(head, head.error().where, ": ", head.error().what);
    CHECK(*head == journal_->log().tree_head(head->position));
    CHECK(head->position.value == model_.head());
    std::vector<Position> all;
    for (std::uint64_t p = 1; p <= model_.head(); ++p) all.push_back(Position{p});
    const auto events = fetch(journal_->log(), all);
    REQUIRE(events);
    for (std::size_t i = 0; i < events->size(); ++i) {
      const auto& [draft, recorded, supersedes] = model_.at(i);
      CHECK((*events)[i].event == draft.event);
      CHECK((*events)[i].recorded == recorded);
      CHECK(journal_->log().find(draft.event.id) == std::vector{Position{i + 1}});
    }
  }

 private:
  [[nodiscard]] Disk disk() const { return test::as_disk(faulty_); }

  void open() {
    journal_.reset();
    auto journal = open_journal(disk(), "/store", clock_);
    REQUIRE_MESSAGE(journal, journal.error().what);
    journal_ = std::move(*journal);
    CHECK(journal_->log().head().value == model_.head());
  }

  [[nodiscard]] std::vector<Draft> some_drafts() {
    std::vector<Draft> drafts;
    Model later = model_;  // what supersedes may name an event of the same batch
    for (int i = drafts_source_.random().between(1, 5); i > 0; --i) {
      drafts.push_back(drafts_source_.draft(later));
      later.record(drafts.back(), clock_.now());
    }
    return drafts;
  }

  static std::vector<Event> events_of(const std::vector<Draft>& drafts) {
    std::vector<Event> events;
    for (const Draft& draft : drafts) events.push_back(draft.event);
    return events;
  }

  void append() {
    const auto drafts = some_drafts();
    const auto appended = solnoma::append(*journal_, events_of(drafts), {}, Forks::taken);
    REQUIRE_MESSAGE(appended, appended.error().where, ": ", appended.error().what);
    CHECK(appended->recorded == drafts.size());
    for (const Draft& draft : drafts) model_.record(draft, clock_.now());
    CHECK(journal_->log().head().value == model_.head());
  }

  /// What is known already is a success that records nothing.
  void repeat() {
    if (model_.head() == 0) return;
    std::vector<Event> events;
    for (int i = drafts_source_.random().between(1, 4); i > 0; --i) {
      const auto place = static_cast<std::size_t>(
          drafts_source_.random().between(0, static_cast<int>(model_.head()) - 1));
      const Event& event = model_.at(place).draft.event;
      if (std::ranges::find(events, event) == events.end()) events.push_back(event);
    }
    const auto appended = solnoma::append(*journal_, events);
    REQUIRE_MESSAGE(appended, appended.error().what);
    CHECK(appended->recorded == 0);
    CHECK(appended->already == events.size());
  }

  /// One wrong event in a batch, and nothing of it is recorded.
  void refuse() {
    auto events = events_of(some_drafts());
    Event& wrong = events[static_cast<std::size_t>(
        drafts_source_.random().between(0, static_cast<int>(events.size()) - 1))];
    switch (drafts_source_.random().between(0, 2)) {
      case 0:
        wrong.type = "no-such-type";
        break;
      case 1:
        wrong.supersedes = "no-such-event";
        break;
      default:
        wrong.occurred = "2022-02-30";
    }
    CHECK(!solnoma::append(*journal_, events));
    CHECK(journal_->log().head().value == model_.head());
  }

  /// acknowledged <= recovered <= attempted, and what is recovered is a prefix.
  void fail_and_recover() {
    faulty_->inject({.files = ".log", .at = drafts_source_.random().between(1, 12)});
    Model attempted = model_;
    std::size_t acknowledged = model_.head();
    std::vector<std::size_t> ends{acknowledged};
    for (int i = 0; i < 6; ++i) {
      const auto drafts = some_drafts_after(attempted);
      for (const Draft& draft : drafts) attempted.record(draft, clock_.now());
      ends.push_back(attempted.head());
      const auto appended = solnoma::append(*journal_, events_of(drafts), {}, Forks::taken);
      if (!appended) {
        CHECK(appended.error().code == Errc::io);
        break;
      }
      acknowledged = attempted.head();
    }
    faulty_->heal();
    journal_.reset();
    auto journal = open_journal(disk(), "/store", clock_);
    REQUIRE_MESSAGE(journal, journal.error().what);
    journal_ = std::move(*journal);
    const std::size_t recovered = journal_->log().head().value;
    CHECK(recovered >= acknowledged);
    CHECK(std::ranges::find(ends, recovered) != ends.end());  // whole batches
    attempted.forget_after(recovered);
    model_ = std::move(attempted);
    check_log();
  }

  [[nodiscard]] std::vector<Draft> some_drafts_after(const Model& model) {
    std::vector<Draft> drafts{drafts_source_.draft(model)};
    Model later = model;
    later.record(drafts.front(), clock_.now());
    drafts.push_back(drafts_source_.draft(later));
    return drafts;
  }

  /// The copy is the log up to a position, and has the head that the log had there.
  void copy() {
    if (!backup_) {
      REQUIRE(Journal::create(disk(), "/backup"));
      auto backup = open_journal(disk(), "/backup", clock_);
      REQUIRE(backup);
      backup_ = std::move(*backup);
    }
    const std::size_t before = backup_->log().head().value;
    const Position upto{static_cast<std::uint64_t>(drafts_source_.random().between(
        static_cast<int>(before), static_cast<int>(model_.head())))};
    const auto copied = backup_->copy_from(journal_->log(), upto);
    REQUIRE_MESSAGE(copied, copied.error().what);
    CHECK(*copied == upto);
    CHECK(verify_log(backup_->log()) == journal_->log().tree_head(upto));
  }

  void ask() {
    const Log& log = journal_->log();
    const auto portfolio = Portfolio::load(log);
    REQUIRE(portfolio);
    for (int question = 0; question < 2; ++question) {
      const Vantage vantage = drafts_source_.vantage(model_);
      CAPTURE(test::text(vantage));
      for (const std::string& subject : DraftSource::subjects()) {
        CAPTURE(subject);
        const std::vector<Row> expected = model_.rows(subject);
        const auto number = log.subject(subject);
        REQUIRE(number);
        CHECK(number->has_value() == !expected.empty());
        if (!*number) continue;
        const auto rows = log.rows(**number);
        REQUIRE(rows);
        CHECK_MESSAGE(*rows == expected, test::text(expected), test::text(*rows));
        if (oracle::worlds(expected, vantage) > kMostWorlds) continue;
        const auto answer = oracle::status(expected, vantage);
        const auto status = solnoma::status(steps(*rows, effective(*rows, vantage)), vantage.as_of);
        CHECK(name(status.status) == name(answer.status));
        CHECK(test::text(status.possible) == test::text(answer.possible));
        CHECK(portfolio->status(**number, vantage) == answer.status);
        CHECK(portfolio->possible(**number, vantage).statuses == answer.possible);
      }
    }
    ask_of_the_log();
  }

  void ask_of_the_log() {
    const Log& log = journal_->log();
    if (model_.head() == 0) return;
    const auto place = static_cast<std::size_t>(
        drafts_source_.random().between(0, static_cast<int>(model_.head()) - 1));
    // By the log's own stamps: the last one that is not later.
    const Instant instant = model_.at(place).recorded;
    std::size_t last = place;
    while (last + 1 < model_.head() && model_.at(last + 1).recorded <= instant) ++last;
    CHECK(log.position_at(instant) == Position{last + 1});
    const auto proof = log.prove(Position{place + 1}, log.head());
    REQUIRE(proof);
    CHECK(check(*proof));
  }

  Disk memory_ = Disk::memory();
  std::shared_ptr<FaultyDisk> faulty_ = std::make_shared<FaultyDisk>(memory_);
  test::ManualClock clock_;
  std::unique_ptr<Journal> journal_, backup_;
  Model model_;
  DraftSource drafts_source_;
};

}  // namespace

TEST_CASE("the engine answers as its model does, whatever happens to it") {
  constexpr int kSteps = 30;
  const std::uint64_t seeds = test::histories(kSeeds);
  for (std::uint64_t n = 0; n < seeds; ++n) {
    const std::uint64_t seed = test::base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    Simulation simulation(seed);
    for (int i = 0; i < kSteps; ++i) {
      CAPTURE(i);
      simulation.step();
    }
    simulation.check_log();
  }
}
