#include "tests/bench/site.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "events/chronicle.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/naive.hpp"
#include "tests/bench/row_fold.hpp"

namespace solnoma::bench {
namespace {

constexpr std::size_t kVantages = 8;

/// Of the events as the workload tells them, not of what the log made of them.
std::vector<std::vector<Status>> naive_statuses(const WorkloadOptions& options,
                                                const std::vector<Vantage>& vantages) {
  Workload workload(options);
  Naive naive;
  while (workload.made() < options.events) naive.add(workload.next());
  std::vector<std::vector<Status>> result;
  for (const Vantage& vantage : vantages) result.push_back(naive.statuses(vantage));
  return result;
}

}  // namespace

Vantage random_vantage(test::Random& random, Position head) {
  const auto days = static_cast<std::uint32_t>(kWorkloadLast - kWorkloadFirst);
  const Day as_of{kWorkloadFirst.number + static_cast<std::int32_t>(random.below(days))};
  Vantage vantage{.as_of = as_of};
  if (random.chance(0.7))
    vantage.known_by = Day{as_of.number - 100 + static_cast<std::int32_t>(random.below(2'000))};
  if (random.chance(0.3))
    vantage.at =
        Position{static_cast<std::uint64_t>(random.unit() * static_cast<double>(head.value))};
  return vantage;
}

Site::Site(const Options& options, std::uint64_t events, Table& table)
    : options_(options),
      events_(events),
      table_(table),
      directory_(fmt::format("{}/solnoma-bench-{}-{}", options.directory, ::getpid(), events)) {
  std::filesystem::create_directories(directory_);
}

Site::~Site() {
  close();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void Site::report(Figure figure) const {
  figure.events = events_;
  table_.add(figure);
}

std::unique_ptr<Journal> Site::open_for_writing() {
  return must(open_journal(Disk::real(), store(), clock_), "opening the journal");
}

const Log& Site::log() {
  if (!log_) log_ = must(open_log(Disk::real(), store()), "opening the log");
  return *log_;
}

const Portfolio& Site::portfolio() {
  if (!portfolio_) portfolio_ = must(Portfolio::load(log()), "loading the portfolio");
  return *portfolio_;
}

Peer& Site::peer() {
  if (!peer_) peer_ = std::make_unique<Peer>(sqlite());
  return *peer_;
}

void Site::close() {
  log_.reset();
  portfolio_.reset();
  peer_.reset();
  vantages_.clear();
  expected_.clear();
}

const std::vector<Vantage>& Site::vantages() {
  if (!vantages_.empty()) return vantages_;
  test::Random random(seed(), 1);
  vantages_ = {{}, {.as_of = kWorkloadLast}};
  while (vantages_.size() < kVantages) vantages_.push_back(random_vantage(random, log().head()));
  return vantages_;
}

const std::vector<std::vector<Status>>& Site::expected() {
  if (!expected_.empty()) return expected_;
  expected_ = expected_at(vantages());
  if (events_ > kNaiveMost || log().head().value != events_) return expected_;
  const auto naive = naive_statuses(workload_of(*this), vantages());
  for (std::size_t i = 0; i < naive.size(); ++i)
    require_same(expected_[i], naive[i], fmt::format("the rows at vantage {}", i));
  return expected_;
}

std::vector<std::vector<Status>> Site::expected_at(const std::vector<Vantage>& vantages) {
  const auto subjects = must(log().subject_count(), "counting subjects");
  std::vector result(vantages.size(), std::vector<Status>(subjects));
  RowFold fold;
  must(log().all_rows([&](SubjectNumber subject, Rows rows) {
    for (std::size_t i = 0; i < vantages.size(); ++i)
      result[i][subject.value] = fold.at(rows, vantages[i]);
    return true;
  }),
       "reading the rows");
  return result;
}

std::vector<StatusCounts> Site::expected_over(std::span<const Day> as_of, Day known_by,
                                              Position at) {
  std::vector<StatusCounts> counts(as_of.size());
  std::vector<Status> statuses(as_of.size());
  RowFold fold;
  must(log().all_rows([&](SubjectNumber, Rows rows) {
    fold.over(rows, as_of, known_by, at, statuses);
    for (std::size_t i = 0; i < as_of.size(); ++i)
      ++counts[i][static_cast<std::size_t>(statuses[i])];
    return true;
  }),
       "reading the rows");
  return counts;
}

}  // namespace solnoma::bench
