#include "tools/io/shell_command.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace solnoma {
namespace {

std::unexpected<Failure> cannot(std::string_view what) {
  return std::unexpected(
      Failure(Error{Errc::io, fmt::format("cannot {}: {}", what, std::strerror(errno)), {}, {}}));
}

}  // namespace

Outcome run_shell(const std::string& command, std::string_view input,
                  const std::vector<std::pair<std::string_view, std::string>>& variables) {
  // A file and no pipe: who does not read it stops nobody.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), &std::fclose);
  if (!file || std::fwrite(input.data(), 1, input.size(), file.get()) != input.size() ||
      std::fflush(file.get()) != 0 || lseek(fileno(file.get()), 0, SEEK_SET) != 0)
    return cannot("write what a command is told");

  std::vector<std::string> words;
  for (const auto& [name, value] : variables) words.push_back(fmt::format("{}={}", name, value));
  std::vector<char*> environment;
  for (char** each = environ; *each != nullptr; ++each) environment.push_back(*each);
  for (std::string& each : words) environment.push_back(each.data());
  environment.push_back(nullptr);

  std::string shell = "sh", option = "-c", text = command;
  const std::array<char*, 4> arguments = {shell.data(), option.data(), text.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(file.get()), STDIN_FILENO);
  pid_t child = 0;
  errno = posix_spawn(&child, "/bin/sh", &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (errno != 0) return cannot("begin a command");
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return cannot("wait for a command");
  if (status == 0) return {};
  return std::unexpected(Failure(
      Error{Errc::invalid,
            WIFEXITED(status) ? fmt::format("the command ended with {}", WEXITSTATUS(status))
                              : fmt::format("signal {} ended the command", WTERMSIG(status)),
            {},
            {}}));
}

}  // namespace solnoma
