#include "tests/bench/child.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "events/chronicle.hpp"
#include "projections/status.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/floors_rocksdb.hpp"

namespace solnoma::bench {
namespace {

/// Every subject through the status projection, from its rows.
std::vector<Status> replay(const Log& log, const Vantage& vantage, unsigned threads) {
  // Busy subjects have low numbers: the first of several shares is the largest, and is
  // taken first. Not too many, as each reads ahead past its end.
  constexpr std::uint32_t kSharesEach = 8;
  const std::uint32_t subjects = must(log.subject_count(), "counting subjects");
  std::vector<Status> statuses(subjects);
  const std::uint32_t shares = threads == 1 ? 1 : std::min(threads * kSharesEach, subjects);
  std::atomic<std::uint32_t> next{0};
  std::atomic<bool> failed{false};
  const auto work = [&] {
    for (std::uint32_t share; (share = next++) < shares;) {
      const auto begin = [&](std::uint64_t n) {
        return static_cast<std::uint32_t>(n * subjects / shares);
      };
      const SubjectRange range{SubjectNumber{begin(share)}, SubjectNumber{begin(share + 1ULL) - 1}};
      const auto ok = log.all_rows(
          [&](SubjectNumber subject, Rows rows) {
            statuses[subject.value] =
                status(steps(rows, effective(rows, vantage)), vantage.as_of).status;
            return true;
          },
          range);
      if (!ok) failed = true;
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
    work();
  }
  require(!failed, "the rows cannot be read");
  return statuses;
}

void print(double seconds, std::uint64_t answer) {
  fmt::print("{} {} {}\n", seconds, answer, peak_memory());
}

void do_replay(const Task& task) {
  const auto log = must(open_log(Disk::real(), task.store), "opening the log");
  const Stopwatch watch;
  const auto statuses = replay(*log, task.vantage, task.threads);
  print(watch.seconds(), digest_of(statuses));
}

void do_portfolio(const Task& task) {
  const auto log = must(open_log(Disk::real(), task.store), "opening the log");
  const Stopwatch watch;
  const auto portfolio = must(Portfolio::load(*log, task.threads), "loading the portfolio");
  const double seconds = watch.seconds();
  std::vector<Status> statuses(portfolio.size());
  portfolio.statuses(task.vantage, SubjectNumber{0}, statuses);
  for (std::uint32_t i = 0; i < portfolio.size(); ++i) {
    const SubjectNumber subject{i};
    require(portfolio.status(subject, task.vantage) == statuses[i], "one subject and all differ");
    require(
        portfolio.possible(subject, task.vantage).statuses[static_cast<std::size_t>(statuses[i])],
        "a status is not among the possible ones");
  }
  print(seconds, digest_of(statuses));
}

void do_scan(const Task& task) {
  const RawStore raw(task.store);
  std::uint64_t touched = 0;
  const Stopwatch watch;
  const auto count = raw.scan(touched);
  const double seconds = watch.seconds();
  require(touched > 0, "the scan has seen nothing");
  print(seconds, count);
}

void do_program(const Task& task) {
  const Spent spent = run_and_measure(task.command);
  std::ofstream(task.store) << spent.seconds << ' ' << spent.peak << '\n';
}

}  // namespace

TaskResult run_task(const Options& options, const Task& task) {
  const Child child = run_child({options.self, "child", task.kind, task.store,
                                 fmt::format("--threads={}", task.threads),
                                 fmt::format("--as-of={}", task.vantage.as_of.number),
                                 fmt::format("--known-by={}", task.vantage.known_by.number),
                                 fmt::format("--at={}", task.vantage.at.value)});
  TaskResult result{.whole_seconds = child.seconds};
  std::istringstream words(child.out);
  words >> result.seconds >> result.answer >> result.peak;
  if (!words) throw Wrong("the child process said '" + child.out + "'");
  return result;
}

Measured run_program(const Options& options, const std::vector<std::string>& command) {
  const std::string file = fmt::format("{}/solnoma-bench-{}", options.directory, ::getpid());
  std::vector<std::string> words{options.self, "child", "program", file, "--"};
  words.insert(words.end(), command.begin(), command.end());
  Measured measured{run_child(words).out, {}};
  std::ifstream in(file);
  in >> measured.spent.seconds >> measured.spent.peak;
  require(!in.fail(), "what a program spent");
  std::filesystem::remove(file);
  return measured;
}

void do_task(const Task& task) {
  if (task.kind == "program") return do_program(task);
  if (task.kind == "replay") return do_replay(task);
  if (task.kind == "portfolio") return do_portfolio(task);
  if (task.kind == "scan") return do_scan(task);
  throw Wrong("no such task: " + task.kind);
}

}  // namespace solnoma::bench
