#include "tests/bench/serve/server.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <vector>

#include "tests/bench/check.hpp"

extern char** environ;

namespace solnoma::bench {
namespace {

/// What stands in `text` between `before` and the next of `ends`.
std::string between(const std::string& text, std::string_view before, const char* ends) {
  const std::size_t at = text.find(before);
  require(at != std::string::npos, "where the server serves");
  const std::size_t begin = at + before.size();
  return text.substr(begin, text.find_first_of(ends, begin) - begin);
}

std::string file_of(pid_t pid, const char* name) {
  std::ifstream in(fmt::format("/proc/{}/{}", pid, name));
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Server::Server(const std::string& program, const std::string& store, const std::string& log) {
  std::vector<std::string> command{program, "--store", store, "serve", "--listen", "127.0.0.1:0"};
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Wrong("no pipe to be had");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int spawned = posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  said_ = ends[0];
  if (spawned != 0) {
    pid_ = -1;
    throw Wrong(fmt::format("{} cannot be started", program));
  }
  read_until("Authorization: Bearer ");
  port_ = static_cast<std::uint16_t>(std::stoul(between(text_, "http://127.0.0.1:", "/\n")));
  token_ = between(text_, "Authorization: Bearer ", "\n");
}

Server::~Server() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(said_);
}

/// Until what it says ends a line in which `word` stands.
void Server::read_until(const char* word) {
  std::array<char, 4096> piece{};
  while (text_.find(word) == std::string::npos || !text_.ends_with('\n')) {
    const ssize_t got = ::read(said_, piece.data(), piece.size());
    if (got <= 0) throw Wrong("the server has ended: " + text_);
    text_.append(piece.data(), static_cast<std::size_t>(got));
  }
}

std::uint64_t Server::memory() const {
  std::istringstream status(file_of(pid_, "status"));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stoull(line.substr(6)) << 10;
  throw Wrong("the server's memory is not told");
}

double Server::processor_seconds() const {
  // The name of the program, in brackets, may hold anything; utime and stime are the 14th and the
  // 15th field.
  const std::string stat = file_of(pid_, "stat");
  std::istringstream fields(stat.substr(stat.rfind(')') + 1));
  constexpr int kBefore = 11;
  std::string skipped;
  for (int i = 0; i < kBefore; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  require(!fields.fail(), "what the server has spent");
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void Server::stop() {
  ::kill(pid_, SIGTERM);
  int status = -1;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  if (status != 0) throw Wrong("the server did not end as it should");
}

}  // namespace solnoma::bench
