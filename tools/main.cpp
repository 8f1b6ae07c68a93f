#include <unistd.h>

#include <cstdio>

#include "tools/cli.hpp"

namespace {

class SystemClock : public solnoma::Clock {
 public:
  [[nodiscard]] solnoma::Instant now() override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace

/// The only place that asks for the real clock, the real disk and the terminal.
int main(int argc, char** argv) {
  SystemClock clock;
  solnoma::Context context{solnoma::Disk::real(), clock,
                           solnoma::Output(stdout, isatty(STDOUT_FILENO) != 0),
                           isatty(STDERR_FILENO) != 0, "solnoma.store"};
  return solnoma::run(argc, argv, context);
}
