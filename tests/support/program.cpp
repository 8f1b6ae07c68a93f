#include "tests/support/program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

extern char** environ;

namespace solnoma::test {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace

Workshop::Workshop() {
  std::string name = (std::filesystem::temp_directory_path() / "solnoma-test-XXXXXX").string();
  directory_ = mkdtemp(name.data());
  setenv("XDG_CONFIG_HOME", directory_.c_str(), 1);
}

Workshop::~Workshop() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

Run Workshop::solnoma(const std::vector<std::string>& arguments, std::string_view input) const {
  std::vector<std::string> command{SOLNOMA_PROGRAM, "--store", store()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(std::move(command), input);
}

Run Workshop::bare(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command{SOLNOMA_PROGRAM};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(std::move(command), "");
}

Run Workshop::solnoma_as(const std::string& user, const std::vector<std::string>& arguments) const {
  std::vector<std::string> command{"/usr/bin/setpriv", "--reuid",       user,      "--regid", user,
                                   "--clear-groups",   SOLNOMA_PROGRAM, "--store", store()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(std::move(command), "");
}

Run Workshop::run(std::vector<std::string> command, std::string_view input) const {
  file(".stdin", input);
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string in = path(".stdin");
  const std::string out = path(".stdout");
  const std::string err = path(".stderr");
  constexpr int kNew = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), kNew, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), kNew, 0600);
  pid_t child = 0;
  const int spawned = posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) return {};
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out),
          read_file(err)};
}

std::string Workshop::file(const std::string& name, std::string_view content) const {
  const std::string where = path(name);
  std::ofstream(where, std::ios::binary) << content;
  return where;
}

std::string Workshop::settings(std::string_view toml) const {
  std::filesystem::create_directories(path("solnoma"));
  return file("solnoma/config.toml", toml);
}

std::string Workshop::exported() const {
  return solnoma({"export"}).out;
}

Shipped::Shipped() {
  REQUIRE(solnoma({"history", "--init"}).exit == 0);
}

}  // namespace solnoma::test
