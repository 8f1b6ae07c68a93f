#include "projections/many/portfolio.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/bytes.hpp"
#include "tests/oracle/every_chain.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_history.hpp"
#include "tests/projections/status_of.hpp"
#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::size_t kPayload = 16;

std::string payload_of(const Dating& mark) {
  std::string bytes;
  put_le(bytes, mark.bounds.earliest.number);
  put_le(bytes, mark.bounds.latest.number);
  put_le(bytes, mark.known.number);
  put_le(bytes, std::uint32_t{mark.kind});
  return bytes;
}

Result<Dating> dating_of(std::string_view payload) {
  if (payload.size() != kPayload) return fail(Errc::corrupt, "no payload of this test");
  const auto day = [&](std::size_t at) { return Day{load<std::int32_t>(payload.data() + at)}; };
  return Dating{{day(0), day(4)},
                day(8),
                static_cast<std::uint8_t>(load<std::uint32_t>(payload.data() + 12))};
}

/// A log in memory into which random histories of many subjects are told, mixed up.
class Telling {
 public:
  Telling() {
    REQUIRE(Journal::create(disk_, "/store"));
    journal_ = Journal::open(disk_, "/store", clock_, dating_of).value();
  }

  [[nodiscard]] Log& log() { return journal_->log(); }

  /// Events of this subject that wait to be told.
  void add(const std::string& subject, const std::vector<Row>& rows) {
    for (const Row& row : rows) waiting_[subject].push_back(row);
  }

  /// Tells so many of those that wait, of subjects drawn at random.
  void tell(RandomHistory& random, std::size_t events) {
    for (; events > 0 && !waiting_.empty(); --events) {
      auto of = waiting_.begin();
      std::advance(of, random.between(0, static_cast<std::int32_t>(waiting_.size()) - 1));
      const std::string subject = of->first;
      const Row row = of->second.front();
      of->second.erase(of->second.begin());
      if (of->second.empty()) waiting_.erase(of);
      record(subject, row);
    }
  }
  void tell_all(RandomHistory& random) { tell(random, SIZE_MAX); }

  void record(const std::string& subject, const Row& row) {
    const Dating mark{{row.earliest, row.latest}, row.known, row.kind()};
    const std::string id = fmt::format("{}-{}", subject, ++told_[subject]);
    const std::string bytes = payload_of(mark);
    const std::string supersedes =
        row.supersedes == 0 ? "" : fmt::format("{}-{}", subject, row.supersedes);
    const NewEvent event{subject, "urn:test", id, bytes, mark, supersedes, {}};
    REQUIRE(journal_->append({&event, 1}));
  }

 private:
  Disk disk_ = Disk::memory();
  ManualClock clock_;
  std::unique_ptr<Journal> journal_;
  std::map<std::string, std::vector<Row>> waiting_;
  std::map<std::string, int> told_;
};

/// Short histories of every kind, and a few so long that their folds have checkpoints.
void add_random(Telling& telling, RandomHistory& random, int first, int subjects) {
  for (int i = first; i < first + subjects; ++i)
    telling.add(fmt::format("park/{}", i), i % 9 == 5 ? random.long_history(900)
                                           : i % 3 == 1
                                               ? random.long_history(random.between(1, 120))
                                               : random.history());
}

std::vector<std::vector<Row>> rows_of(const Log& log) {
  std::vector<std::vector<Row>> rows(log.subject_count().value());
  for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = log.rows(SubjectNumber{i}).value();
  return rows;
}

/// Hundreds of precise events most of which make a difference, in about the order in which
/// they became known; some corrected.
std::vector<Row> eventful_history(RandomHistory& random, int events) {
  constexpr auto kTypes =
      std::to_array<std::string_view>({"suspended", "resumed", "suspended", "cancelled",
                                       "reinstated", "agreement-signed", "opened"});
  std::vector<Row> rows;
  for (int i = 0; i < events; ++i) {
    const Day day{kFirstDay + i + random.between(0, 3)};
    const Day known{day.number + (random.percent(1) ? 200 : random.between(0, 5))};
    TypeCode type =
        type_code(kTypes[static_cast<std::size_t>(random.between(0, kTypes.size() - 1))]);
    std::uint32_t supersedes = 0;
    if (i > 10 && random.percent(rows.back().supersedes != 0 ? 40 : 8)) {
      supersedes = random.percent(50) ? random.link(rows).value
                                      : static_cast<std::uint32_t>(random.between(i - 10, i));
      if (random.percent(50)) type = kRetracted;
    }
    rows.emplace_back(Dating{{day, day}, known, row_kind(type, false)},
                      Position{static_cast<std::uint64_t>(i + 1)}, Revision{supersedes});
  }
  return rows;
}

/// A vantage at the edge of some event of the log.
Vantage edge_of(const std::vector<std::vector<Row>>& rows, RandomHistory& random) {
  return random.edge_vantage(rows[static_cast<std::size_t>(
      random.between(0, static_cast<std::int32_t>(rows.size()) - 1))]);
}

/// Everything that a portfolio answers, against the rules applied to all rows.
void check_answers(const Portfolio& portfolio, const std::vector<std::vector<Row>>& rows,
                   const Vantage& vantage) {
  INFO(text(vantage));
  REQUIRE(portfolio.size() == rows.size());
  std::vector<Status> statuses(rows.size());
  portfolio.statuses(vantage, SubjectNumber{0}, statuses);
  StatusCounts counts{};
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    INFO("subject ", i, ":", text(rows[i]));
    const StatusAt expected = status_of(rows[i], vantage);
    CHECK(name(statuses[i]) == name(expected.status));
    CHECK(portfolio.status(SubjectNumber{i}, vantage) == expected.status);
    CHECK(text(portfolio.possible(SubjectNumber{i}, vantage).statuses) == text(expected.possible));
    ++counts[static_cast<std::size_t>(expected.status)];
  }
  CHECK(portfolio.counts(vantage) == counts);
}

/// All statuses from one vantage.
std::vector<Status> all_statuses(const Portfolio& portfolio, const Vantage& vantage) {
  std::vector<Status> statuses(portfolio.size());
  portfolio.statuses(vantage, SubjectNumber{0}, statuses);
  return statuses;
}

void check_equal(const Portfolio& one, const Portfolio& other,
                 const std::vector<std::vector<Row>>& rows, RandomHistory& random) {
  CHECK(one.position() == other.position());
  REQUIRE(one.size() == other.size());
  for (int question = 0; question < 20; ++question) {
    const Vantage vantage = edge_of(rows, random);
    INFO(text(vantage));
    CHECK(all_statuses(one, vantage) == all_statuses(other, vantage));
    for (std::uint32_t i = 0; i < one.size(); ++i)
      CHECK(one.possible(SubjectNumber{i}, vantage) == other.possible(SubjectNumber{i}, vantage));
  }
}

template <class Body>
void for_random_logs(std::uint64_t usual, Body body) {
  const std::uint64_t count = std::min(histories(usual), usual);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    Telling telling;
    body(random, telling);
  }
}

}  // namespace

TEST_CASE("a portfolio of an empty log has no subjects and counts none") {
  Telling telling;
  const Portfolio portfolio = Portfolio::load(telling.log()).value();
  CHECK(portfolio.size() == 0);
  CHECK(portfolio.position() == Position{0});
  CHECK(portfolio.counts({}) == StatusCounts{});
  CHECK(portfolio.counts_over({}, kOpenFuture, kNewest).empty());
}

TEST_CASE("a subject of which nothing bears on a status is unrecorded from every vantage") {
  Portfolio portfolio;
  History history;
  history.actual("described", "", "2020-01-01");
  portfolio.put(SubjectNumber{2}, history.rows());
  CHECK(portfolio.size() == 3);
  CHECK(portfolio.status(SubjectNumber{0}, {}) == Status::unrecorded);
  CHECK(portfolio.possible(SubjectNumber{2}, {}).statuses == set_of({Status::unrecorded}));
  CHECK(portfolio.counts({})[static_cast<std::size_t>(Status::unrecorded)] == 3);
}

TEST_CASE("every subject has the status that its rows give, from the edges of events") {
  for_random_logs(4, [](RandomHistory& random, Telling& telling) {
    add_random(telling, random, 0, 40);
    telling.tell_all(random);
    const auto rows = rows_of(telling.log());
    const Portfolio portfolio = Portfolio::load(telling.log()).value();
    CHECK(portfolio.position() == telling.log().head());
    check_answers(portfolio, rows, {});
    for (int question = 0; question < 25; ++question)
      check_answers(portfolio, rows, edge_of(rows, random));
  });
}

TEST_CASE("a subject with hundreds of suspensions and endings has the status that they give") {
  const std::uint64_t count = std::min<std::uint64_t>(histories(30), 30);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    const std::vector<Row> rows = eventful_history(random, random.between(60, 500));
    Portfolio portfolio;
    portfolio.put(SubjectNumber{0}, rows);
    for (int question = 0; question < 150; ++question) {
      Vantage vantage = random.edge_vantage(rows);
      if (random.percent(50)) vantage.known_by = kOpenFuture;
      if (random.percent(50)) vantage.at = kNewest;
      INFO(text(vantage));
      CHECK(name(portfolio.status(SubjectNumber{0}, vantage)) ==
            name(status_of(rows, vantage).status));
    }
  }
}

TEST_CASE("a long history is right where a retraction, but not the retraction of that, is seen") {
  std::vector<Row> rows;
  const auto add = [&](std::string_view type, std::uint32_t supersedes = 0) {
    const Day then{kFirstDay + static_cast<std::int32_t>(rows.size())};
    rows.emplace_back(Dating{{then, then}, Day{kFirstDay}, row_kind(type_code(type), false)},
                      Position{rows.size() + 1}, Revision{supersedes});
  };
  while (rows.size() + 1 < kFoldStride) add("suspended");
  add("cancelled");
  add("retracted", kFoldStride);
  add("retracted", kFoldStride + 1);
  Portfolio portfolio;
  portfolio.put(SubjectNumber{0}, rows);
  const auto at = [&](std::uint64_t position) {
    return portfolio.status(SubjectNumber{0}, {.at = Position{position}});
  };
  CHECK(at(kFoldStride) == Status::cancelled);
  CHECK(at(kFoldStride + 1) == Status::suspended);
  CHECK(at(kFoldStride + 2) == Status::cancelled);
}

TEST_CASE("a long history is right where the middle one of three versions is not seen") {
  std::vector<Row> rows;
  const auto add = [&](std::string_view type, int known, std::uint32_t supersedes = 0) {
    const Day then{kFirstDay + static_cast<std::int32_t>(rows.size())};
    rows.emplace_back(
        Dating{{then, then}, Day{kFirstDay + known}, row_kind(type_code(type), false)},
        Position{rows.size() + 1}, Revision{supersedes});
  };
  while (rows.size() + 1 < kFoldStride) add("suspended", 1'000);
  add("cancelled", 1'000);
  add("suspended", 1'002, kFoldStride);
  add("resumed", 1'001, kFoldStride + 1);
  Portfolio portfolio;
  portfolio.put(SubjectNumber{0}, rows);
  const auto known_by = [&](int day, std::uint64_t position) {
    return portfolio.status(SubjectNumber{0},
                            {.known_by = Day{kFirstDay + day}, .at = Position{position}});
  };
  CHECK(known_by(1'000, kFoldStride + 2) == Status::cancelled);
  CHECK(known_by(1'001, kFoldStride + 2) == Status::unrecorded);
  CHECK(known_by(1'002, kFoldStride + 1) == Status::suspended);
  CHECK(known_by(1'002, kFoldStride + 2) == Status::unrecorded);
}

TEST_CASE("a subject has the statuses of all worlds, for random histories") {
  const std::uint64_t count = histories(2'000);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    const std::vector<Row> rows = random.history();
    INFO("history:", text(rows));
    Portfolio portfolio;
    portfolio.put(SubjectNumber{0}, rows);
    const Vantage vantage = random.edge_vantage(rows);
    INFO(text(vantage));
    const oracle::Answer expected = oracle::status(rows, vantage);
    CHECK(name(portfolio.status(SubjectNumber{0}, vantage)) == name(expected.status));
    CHECK(text(portfolio.possible(SubjectNumber{0}, vantage).statuses) == text(expected.possible));
  }
}

TEST_CASE("a subject has the right status in every history of up to five events") {
  Portfolio portfolio;
  for (std::size_t events = 1; events <= 5; ++events)
    for_every_chain(events, [&](Rows rows) {
      portfolio.put(SubjectNumber{0}, rows);
      for (const Vantage& vantage : {Vantage{}, Vantage{.known_by = Day{kChainDay}}}) {
        const Effective counting = oracle::standing(rows, vantage);
        if (portfolio.status(SubjectNumber{0}, vantage) ==
            status(steps(rows, counting), kOpenFuture).status)
          continue;
        INFO(text(rows));
        FAIL_CHECK(text(vantage));
      }
    });
}

TEST_CASE("a position beyond every log sees all") {
  Portfolio portfolio;
  History history;
  history.actual("opened", "2020-01-01", "2020-01-01");
  portfolio.put(SubjectNumber{0}, history.rows());
  CHECK(portfolio.status(SubjectNumber{0}, {.at = kNewest.next()}) == Status::operating);
}

TEST_CASE("several threads load what one does") {
  for_random_logs(3, [](RandomHistory& random, Telling& telling) {
    add_random(telling, random, 0, random.between(1, 70));
    telling.tell_all(random);
    const Portfolio one = Portfolio::load(telling.log(), 1).value();
    for (const unsigned threads : {0U, 2U, 3U})
      check_equal(Portfolio::load(telling.log(), threads).value(), one, rows_of(telling.log()),
                  random);
  });
}

TEST_CASE("what catches up answers as what is loaded afresh") {
  for_random_logs(4, [](RandomHistory& random, Telling& telling) {
    add_random(telling, random, 0, 30);
    telling.tell(random, 300);
    Portfolio portfolio = Portfolio::load(telling.log()).value();
    for (int times = 0; times < 12; ++times) {
      if (times == 6) add_random(telling, random, 100, 10);  // new subjects
      telling.tell(random, times % 4 == 0 ? 400 : 7);
      REQUIRE(portfolio.catch_up(telling.log()));
      check_equal(portfolio, Portfolio::load(telling.log()).value(), rows_of(telling.log()),
                  random);
    }
    check_answers(portfolio, rows_of(telling.log()), {});
  });
}

TEST_CASE("catching up takes in back-dated events, corrections and corrections of these") {
  RandomHistory random(base_seed());
  Telling telling;
  const Day day{kFirstDay};
  const auto actual = [&](std::string_view type, int days, std::uint32_t supersedes = 0) {
    const Day then{day.number + days};
    telling.record(
        "park/a", Row(Dating{{then, then}, Day{day.number + 100}, row_kind(type_code(type), false)},
                      Position{0}, Revision{supersedes}));
  };
  actual("opened", 50);
  Portfolio portfolio = Portfolio::load(telling.log()).value();
  const auto now = [&] {
    REQUIRE(portfolio.catch_up(telling.log()));
    return portfolio.status(SubjectNumber{0}, {});
  };
  CHECK(now() == Status::operating);
  actual("cancelled", 10);
  CHECK(now() == Status::cancelled);
  actual("retracted", 10, 2);
  CHECK(now() == Status::operating);
  actual("retracted", 10, 3);
  CHECK(now() == Status::cancelled);
  CHECK(portfolio.status(SubjectNumber{0}, {.at = Position{3}}) == Status::operating);
}

TEST_CASE("catching up with nothing new changes nothing") {
  RandomHistory random(base_seed());
  Telling telling;
  add_random(telling, random, 0, 5);
  telling.tell_all(random);
  Portfolio portfolio = Portfolio::load(telling.log()).value();
  const std::size_t memory = portfolio.memory();
  REQUIRE(portfolio.catch_up(telling.log()));
  CHECK(portfolio.memory() == memory);
  CHECK(portfolio.position() == telling.log().head());
}

TEST_CASE("replacing the same subject for ever does not take ever more memory") {
  RandomHistory random(base_seed());
  Portfolio portfolio;
  const std::vector<Row> rows = eventful_history(random, 2'000);
  portfolio.put(SubjectNumber{0}, rows);
  portfolio.put(SubjectNumber{1}, random.history());
  const std::size_t memory = portfolio.memory();
  for (int i = 0; i < 100; ++i) portfolio.put(SubjectNumber{0}, rows);
  CHECK(portfolio.memory() < 5 * memory);
  CHECK(portfolio.status(SubjectNumber{0}, {}) == status_of(rows, {}).status);
}

TEST_CASE("statuses can be asked of some subjects") {
  RandomHistory random(base_seed());
  Portfolio portfolio;
  for (std::uint32_t i = 0; i < 10; ++i) portfolio.put(SubjectNumber{i}, random.history());
  std::vector<Status> some(3);
  portfolio.statuses({}, SubjectNumber{4}, some);
  for (std::uint32_t i = 0; i < 3; ++i)
    CHECK(some[i] == portfolio.status(SubjectNumber{4 + i}, {}));
}

TEST_CASE("counts over many days are the counts of each day") {
  for_random_logs(4, [](RandomHistory& random, Telling& telling) {
    add_random(telling, random, 0, 40);
    telling.tell_all(random);
    const auto rows = rows_of(telling.log());
    const Portfolio portfolio = Portfolio::load(telling.log()).value();
    for (int question = 0; question < 20; ++question) {
      std::vector<Day> days;
      const int count = random.between(1, 30);
      while (std::ssize(days) < count)  // some twice
        days.push_back(edge_of(rows, random).as_of);
      std::ranges::sort(days);
      const Vantage vantage = edge_of(rows, random);
      const auto counts = portfolio.counts_over(days, vantage.known_by, vantage.at);
      REQUIRE(counts.size() == days.size());
      for (std::size_t i = 0; i < days.size(); ++i) {
        CAPTURE(i);
        CHECK(counts[i] == portfolio.counts({days[i], vantage.known_by, vantage.at}));
      }
    }
  });
}
