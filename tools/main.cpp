#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/base/catches_bad_alloc.hpp"
#include "engine/system_clock.hpp"
#include "tools/cli.hpp"

namespace {

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

std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// Columns of the terminal, or what the environment says of them.
std::size_t width() {
  constexpr std::size_t kUsual = 80;
  constexpr std::size_t kLeast = 40;
  std::size_t columns = std::strtoul(variable("COLUMNS").value_or("").c_str(), nullptr, 10);
  winsize window{};
  if (columns == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0) columns = window.ws_col;
  return columns == 0 ? kUsual : std::max(columns, kLeast);
}

/// Says why the program ends, without a word of memory, and ends it: what is on the disk is as
/// after a crash, and the exit code is that of such errors.
[[noreturn]] void end_with(std::string_view why) noexcept {
  (void)!write(STDERR_FILENO, why.data(), why.size());
  _exit(static_cast<int>(solnoma::Exit::store));
}

/// Nobody would catch it, or what is half done by then.
[[noreturn]] void end_for_memory() noexcept {
  end_with(
      "solnoma: there is not enough memory for this; give the program more, or ask for less at "
      "once\n");
}

void tell_no_memory() {
  if (solnoma::CatchesBadAlloc::here()) throw std::bad_alloc();
  end_for_memory();
}

/// Nobody can catch what a thread of a library throws.
void tell_end() noexcept {
  try {
    if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
  } catch (const std::bad_alloc&) {  // through RocksDB, which would wait for ever
    end_for_memory();
  } catch (const std::system_error&) {
    end_with(
        "solnoma: no more threads can be begun; raise the limit (ulimit -u), or give more "
        "memory\n");
  } catch (...) {
  }
  std::abort();
}

}  // namespace

/// The only place that asks for the real clock, the real disk and the terminal.
int main(int argc, char** argv) {
  std::set_new_handler(tell_no_memory);
  std::set_terminate(tell_end);
  solnoma::SystemClock clock;
  solnoma::Context context{solnoma::Disk::real(), clock,
                           solnoma::Output(stdout, isatty(STDOUT_FILENO) != 0),
                           isatty(STDERR_FILENO) != 0, "solnoma.store"};
  context.local_day = local_day;
  context.width = width();
  context.variables = variable;
  const std::string terminal = variable("TERM").value_or("");
  context.dumb_terminal = terminal.empty() || terminal == "dumb";
  return solnoma::run(argc, argv, context);
}
