#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/vantage.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/site.hpp"

namespace solnoma::bench {

/// What a process of its own is asked to do, so that it starts cold and its memory is
/// that of the one task.
struct Task {
  std::string kind;   ///< replay, portfolio, scan; program: `command`
  std::string store;  ///< program: the file that takes what it spent
  unsigned threads = 1;
  Vantage vantage;
  std::vector<std::string> command = {};
};

struct TaskResult {
  double seconds = 0;        ///< of the task alone, after opening
  std::uint64_t answer = 0;  ///< digest of the statuses; of a scan how many events it saw
  std::uint64_t peak = 0;    ///< bytes of memory
  double whole_seconds = 0;  ///< of the process
};

/// Starts this program again to do it.
[[nodiscard]] TaskResult run_task(const Options& options, const Task& task);

/// Runs a program from a small process, which tells what it spent: the output, and that.
struct Measured {
  std::string out;
  Spent spent;
};
[[nodiscard]] Measured run_program(const Options& options, const std::vector<std::string>& command);

/// In the child: does it and prints the result.
void do_task(const Task& task);

}  // namespace solnoma::bench
