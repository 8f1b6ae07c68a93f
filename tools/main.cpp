#include <unistd.h>

#include <cstdio>
#include <ctime>

#include "tools/cli.hpp"

namespace {

class SystemClock : public solnoma::Clock {
 public:
  [[nodiscard]] solnoma::Instant now() override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

/// The day in the time zone of the environment: TZ, else that of the machine.
solnoma::Day local_day(solnoma::Instant instant) {
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
  std::tm local{};
  tzset();
  if (localtime_r(&seconds, &local) == nullptr) return solnoma::day_of(instant);
  constexpr int kFirstYear = 1900;
  const auto day =
      solnoma::day_from_civil(local.tm_year + kFirstYear, static_cast<unsigned>(local.tm_mon) + 1,
                              static_cast<unsigned>(local.tm_mday));
  return day.value_or(solnoma::day_of(instant));
}

}  // namespace

/// The only place that asks for the real clock, the real disk and the terminal.
int main(int argc, char** argv) {
  SystemClock clock;
  solnoma::Context context{solnoma::Disk::real(),
                           clock,
                           solnoma::Output(stdout, isatty(STDOUT_FILENO) != 0),
                           isatty(STDERR_FILENO) != 0,
                           "solnoma.store",
                           {},
                           local_day};
  return solnoma::run(argc, argv, context);
}
