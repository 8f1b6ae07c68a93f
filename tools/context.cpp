#include "tools/context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <thread>

#include "events/text/text.hpp"
#include "tools/appender_for.hpp"

namespace solnoma {
namespace {

std::unexpected<Error> wrong_clock(Instant now, const std::string& but) {
  return fail(Errc::invalid, fmt::format("the clock says {}, but {}", to_string(day_of(now)), but),
              "set the clock right; where it is, record with --trust-clock");
}

/// The newest event's instant; none: the log is empty.
Result<std::optional<Instant>> newest_instant(const Log& log) {
  std::optional<Instant> instant;
  const Position head = log.head();
  if (head.value == 0) return instant;
  auto ok = log.read_at({&head, 1}, [&](const RecordedEvent& event) {
    instant = event.recorded;
    return false;
  });
  if (!ok) return std::unexpected(ok.error());
  return instant;
}

/// When the file system says that the store was opened for writing: just now. None: the store is on
/// no disk of this machine.
std::optional<Instant> file_system_time(const std::string& store) {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(store + "/db/LOCK", error);
  if (error) return {};
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::file_clock::to_sys(written));
}

/// A clock that is behind the newest event, or not that of the file system. One that both follow
/// shows by nothing but a log that has been silent for longer than anybody keeps one waiting.
Result<void> check_clock(Instant now, const Log& log, const std::string& store) {
  constexpr std::chrono::days kDay{1};
  constexpr std::chrono::years kSilence{10};
  auto newest = newest_instant(log);
  if (!newest) return std::unexpected(newest.error());
  if (*newest && (now < **newest - kDay || now > **newest + kSilence))
    return wrong_clock(
        now, fmt::format("the newest event was recorded on {}", to_string(day_of(**newest))));
  const auto written = file_system_time(store);
  if (written && (now < *written - kDay || now > *written + kDay))
    return wrong_clock(now, fmt::format("the file system says {}", to_string(day_of(*written))));
  return {};
}

}  // namespace

Try<Day> Context::today() {
  if (given_today.empty()) return local_day(clock.now());
  auto day = day_from_text(given_today);
  if (!day) return usage("--today: " + day.error().what, day.error().remedy);
  return *day;
}

Try<Day> Context::today_anywhere() {
  constexpr std::chrono::hours kFarthestAhead{14};  // Kiribati
  auto today = this->today();
  if (!today || !given_today.empty()) return today;
  return std::max(*today, day_of(clock.now() + kFarthestAhead));
}

Result<std::unique_ptr<Appender>> Context::append_to(const std::string& proposer) {
  if (served_appender) return served_appender(proposer);
  auto journal = recording_here();
  if (!journal) return std::unexpected(journal.error());
  if (proposer.empty()) return std::move(*journal);
  return std::make_unique<AppenderFor>(std::move(*journal), proposer);
}

Result<std::shared_ptr<Journal>> Context::recording() {
  if (served_journal != nullptr)
    return std::shared_ptr<Journal>(std::shared_ptr<Journal>(), served_journal);
  auto journal = recording_here();
  if (!journal) return std::unexpected(journal.error());
  return std::shared_ptr<Journal>(std::move(*journal));
}

Result<std::unique_ptr<Journal>> Context::recording_here() {
  auto journal = this->journal();
  if (!journal || trust_clock) return journal;
  if (auto ok = check_clock(clock.now(), (*journal)->log(), store); !ok)
    return std::unexpected(ok.error());
  return journal;
}

Result<std::unique_ptr<Journal>> Context::journal_of(const std::string& directory) {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  constexpr milliseconds kLook{25};
  // Who waits no longer than this is told nothing: a short command has gone before.
  constexpr milliseconds kWorthTelling{500};
  const auto began = steady_clock::now();
  bool told = false;
  for (;;) {
    auto journal = open_journal(disk, directory, clock);
    if (journal || journal.error().advice != Advice::wait_for_writer) return journal;
    const auto waited = steady_clock::now() - began;
    if (waited >= std::chrono::seconds(wait)) return journal;
    if (waited >= kWorthTelling && !told) {
      told = true;
      const std::string line =
          fmt::format("solnoma: {}; waiting up to {} s for it", journal.error().what, wait);
      (void)std::fputs((visible(line) + "\n").c_str(), stderr);
    }
    std::this_thread::sleep_for(kLook);
  }
}

void Context::note(const std::string& line) const {
  (void)std::fputs(("solnoma: " + visible(line) + "\n").c_str(), notes);
}

}  // namespace solnoma
