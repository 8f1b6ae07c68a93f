#pragma once

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

namespace solnoma::test {

/// This test program once more, running one test case that is skipped otherwise; what
/// it is to do stands in the environment. Ended with the object, gently or not.
class Process {
 public:
  Process(const std::string& test_case, const std::string& directory) {
    ::setenv("SOLNOMA_TEST_STORE", directory.c_str(), 1);
    const std::string filter = "--test-case=" + test_case;
    const char* const arguments[] = {"/proc/self/exe", "--no-skip", "--minimal", filter.c_str(),
                                     nullptr};
    if (::posix_spawn(&pid_, arguments[0], nullptr, nullptr, const_cast<char* const*>(arguments),
                      environ) != 0)
      pid_ = -1;
  }
  ~Process() { kill(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// The directory that a process was started with; empty in other runs.
  static std::string directory() {
    const char* given = std::getenv("SOLNOMA_TEST_STORE");
    return given ? given : "";
  }

  /// Its exit status; -1 when it did not end by itself.
  int wait() {
    int status = -1;
    if (pid_ > 0) ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  void kill() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    wait();
  }

 private:
  pid_t pid_ = -1;
};

}  // namespace solnoma::test
