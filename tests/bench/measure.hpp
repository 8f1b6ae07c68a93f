#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace solnoma::bench {

/// Seconds since it began.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// How long `work` takes, in seconds.
template <class Work>
double seconds_of(Work&& work) {
  const Stopwatch watch;
  work();
  return watch.seconds();
}

[[nodiscard]] double median(std::vector<double> values);

/// A benchmark that has taken so long is not run again.
inline constexpr double kLongSeconds = 10;

/// Runs `work` once to warm up and at most `runs` times more; the median of the seconds.
template <class Work>
double median_seconds(int runs, Work&& work) {
  const Stopwatch all;
  work();
  std::vector<double> times;
  while (std::ssize(times) < runs && (times.empty() || all.seconds() < kLongSeconds))
    times.push_back(seconds_of(work));
  return median(std::move(times));
}

/// Blocks that all files below a directory occupy, in bytes.
[[nodiscard]] std::uint64_t disk_bytes(const std::string& directory);

/// The most memory that this process has had resident (VmHWM), in bytes.
[[nodiscard]] std::uint64_t peak_memory();

/// Reads a big array once: what no fold over memory can beat. Bytes a second.
[[nodiscard]] double memory_bandwidth();

struct Child {
  std::string out;
  double seconds = 0;  ///< of the whole process
};

/// Runs a program and waits for it. Throws Wrong when it does not exit with 0.
[[nodiscard]] Child run_child(std::vector<std::string> command);

struct Spent {
  double seconds = 0;
  std::uint64_t peak = 0;  ///< the most memory that it had resident, in bytes
};
/// Runs a program, whose output is this one's, and waits for it. To be called in a small process:
/// what starts another one lends it its own peak. Throws Wrong when it does not exit with 0.
[[nodiscard]] Spent run_and_measure(std::vector<std::string> command);

}  // namespace solnoma::bench
