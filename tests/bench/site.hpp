#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/journal.hpp"
#include "projections/many/portfolio.hpp"
#include "tests/bench/peer_sqlite.hpp"
#include "tests/bench/table.hpp"
#include "tests/bench/workload.hpp"
#include "tests/support/clocks.hpp"

namespace solnoma::bench {

struct Options {
  std::vector<std::uint64_t> events{10'000, 100'000, 1'000'000};
  int runs = 5;
  std::uint64_t seed = 1;
  std::uint32_t subjects = 100'000;
  std::uint64_t sqlite_most = 1'000'000;  ///< SQLite is left out of larger sizes
  std::string directory;                  ///< where the stores are made; they are removed
  std::vector<std::string> only;          ///< groups; empty: all
  std::vector<std::string> beside;        ///< brokers to append to beside the engine
  std::string program;                    ///< solnoma
  std::string self;                       ///< this program
  std::string duckdb;                     ///< the script that asks DuckDB

  [[nodiscard]] bool wants(const std::string& group) const {
    return only.empty() || std::ranges::find(only, group) != only.end();
  }
};

/// From this size on, rates are judged: below it the fixed costs of a batch, a file and a
/// process are what is measured.
inline constexpr std::uint64_t kJudgedFrom = 100'000;

/// Up to this size the answers are checked against the naive ones.
inline constexpr std::uint64_t kNaiveMost = 100'000;

/// Everything at one size: the three stores, what is asked of them, and the right answers.
class Site {
 public:
  Site(const Options& options, std::uint64_t events, Table& table);
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t seed() const { return options_.seed; }
  [[nodiscard]] int runs() const { return options_.runs; }
  [[nodiscard]] bool with_sqlite() const { return events_ <= options_.sqlite_most; }

  [[nodiscard]] std::string store() const { return directory_ + "/store"; }
  [[nodiscard]] std::string raw() const { return directory_ + "/raw"; }
  [[nodiscard]] std::string sqlite() const { return directory_ + "/sqlite"; }

  void report(Figure figure) const;

  /// What appends after the log's last event; set by whoever fills the stores.
  Workload& workload() { return *workload_; }
  void fill_with(std::unique_ptr<Workload> workload) { workload_ = std::move(workload); }

  [[nodiscard]] test::TickingClock& clock() { return clock_; }
  [[nodiscard]] std::unique_ptr<Journal> open_for_writing();

  // Opened at the first use, until the log changes.
  [[nodiscard]] const Log& log();
  [[nodiscard]] const Portfolio& portfolio();
  [[nodiscard]] Peer& peer();
  /// Closes all of them: the log changes.
  void close();

  /// Where questions are asked from: without limits, as of the last day of 2025, and at
  /// random.
  [[nodiscard]] const std::vector<Vantage>& vantages();
  /// The statuses at each of them: the naive ones up to kNaiveMost events, and else those
  /// that the rows fold into.
  [[nodiscard]] const std::vector<std::vector<Status>>& expected();
  /// The same at any vantages, from the rows.
  [[nodiscard]] std::vector<std::vector<Status>> expected_at(const std::vector<Vantage>& vantages);
  /// How many subjects have each status as of many days (ascending), from the rows.
  [[nodiscard]] std::vector<StatusCounts> expected_over(std::span<const Day> as_of, Day known_by,
                                                        Position at);

 private:
  const Options& options_;
  std::uint64_t events_;
  Table& table_;
  std::string directory_;
  test::TickingClock clock_;
  std::unique_ptr<Workload> workload_;
  std::unique_ptr<Log> log_;
  std::optional<Portfolio> portfolio_;
  std::unique_ptr<Peer> peer_;
  std::vector<Vantage> vantages_;
  std::vector<std::vector<Status>> expected_;
};

[[nodiscard]] inline WorkloadOptions workload_of(const Site& site) {
  return {site.events(), site.options().subjects, site.seed()};
}

/// A day of the workload's years and one known some time around it.
[[nodiscard]] Vantage random_vantage(test::Random& random, Position head);

}  // namespace solnoma::bench
