#include "tools/io/pager.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

extern char** environ;

namespace solnoma {

std::optional<Pager> Pager::start(const std::string& command) {
  int ends[2] = {};
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  (void)setenv("LESS", "FRX", /*overwrite=*/0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  std::string shell = "sh";
  std::string option = "-c";
  std::string given = command;
  char* const argv[] = {shell.data(), option.data(), given.data(), nullptr};
  pid_t process = 0;
  const int failed = posix_spawn(&process, "/bin/sh", &actions, nullptr, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  (void)close(ends[0]);
  std::FILE* const input = failed == 0 ? fdopen(ends[1], "w") : nullptr;
  if (input == nullptr) {
    (void)close(ends[1]);
    return {};
  }
  // An interrupt is for the pager: this program must not give the terminal back before it does.
  (void)std::signal(SIGINT, SIG_IGN);
  return Pager(input, process);
}

void Pager::finish() {
  (void)std::fclose(input_);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace solnoma
