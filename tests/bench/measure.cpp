#include "tests/bench/measure.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "tests/bench/check.hpp"

extern char** environ;

namespace solnoma::bench {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::uint64_t disk_bytes(const std::string& directory) {
  std::uint64_t blocks = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    struct stat file{};
    if (::stat(entry.path().c_str(), &file) == 0)
      blocks += static_cast<std::uint64_t>(file.st_blocks);
  }
  return blocks * 512;  // the unit of st_blocks, whatever the file system's own
}

std::uint64_t peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  return 0;
}

double memory_bandwidth() {
  const std::vector<std::uint64_t> numbers(std::size_t{32} << 20, 1);
  std::uint64_t sum = 0;
  const double seconds = median_seconds(
      5, [&] { sum += std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0}); });
  require(sum == 6 * numbers.size(), "the sum of the array");
  return static_cast<double>(numbers.size() * sizeof(numbers[0])) / seconds;
}

Child run_child(std::vector<std::string> command) {
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Wrong("no pipe to be had");

  const Stopwatch watch;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t pid = 0;
  const int spawned = posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Child child;
  if (spawned == 0) {
    std::vector<char> buffer(1 << 16);
    for (ssize_t got; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;)
      child.out.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = -1;
  if (spawned != 0 || ::waitpid(pid, &status, 0) != pid || status != 0)
    throw Wrong(fmt::format("{} failed", fmt::join(command, " ")));
  child.seconds = watch.seconds();
  return child;
}

Spent run_and_measure(std::vector<std::string> command) {
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  const Stopwatch watch;
  pid_t pid = 0;
  int status = -1;
  rusage usage{};
  if (posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), environ) != 0 ||
      ::wait4(pid, &status, 0, &usage) != pid || status != 0)
    throw Wrong(fmt::format("{} failed", fmt::join(command, " ")));
  return {watch.seconds(), static_cast<std::uint64_t>(usage.ru_maxrss) << 10};
}

}  // namespace solnoma::bench
