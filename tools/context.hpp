#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/appender.hpp"
#include "engine/clock.hpp"
#include "engine/disk.hpp"
#include "engine/journal.hpp"
#include "engine/log.hpp"
#include "events/chronicle.hpp"
#include "tools/command_line.hpp"
#include "tools/io/output.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// The world as main() hands it to the commands.
struct Context {
  Disk disk;
  Clock& clock;
  Output out;
  bool progress = false;  ///< standard error is a terminal
  std::string store;      ///< --store, else $SOLNOMA_STORE, else ./solnoma.store

  bool no_pager = false;   ///< --no-pager
  std::size_t width = 80;  ///< columns of a line: those of the terminal
  /// What is written from now on is for reading: a long answer is shown by the pager.
  void page() {
    if (!no_pager) out.page();
  }

  std::string given_today = {};  ///< --today, else $SOLNOMA_TODAY; empty: the clock's
  std::function<Day(Instant)> local_day = day_of;  ///< the day of an instant in the user's zone

  /// Today, where the user is. Errors: usage, where another day was given that is none.
  [[nodiscard]] Try<Day> today();
  /// The same of whoever has the latest day on earth: what comes from elsewhere may be of it.
  [[nodiscard]] Try<Day> today_anywhere();

  bool trust_clock = false;  ///< whatever else is known of the time
  std::uint64_t wait = 5;    ///< seconds that a command waits for another writer of its store

  Log* served = nullptr;  ///< of the store, where it is open already; outlives what reads it
  [[nodiscard]] Result<std::shared_ptr<Log>> read() {
    if (served != nullptr) return std::shared_ptr<Log>(std::shared_ptr<Log>(), served);
    return open_log(disk, store);
  }
  /// To record events, wherever the log is.
  [[nodiscard]] Result<std::unique_ptr<Appender>> append_to() { return recording(); }
  /// The same on this machine. Errors: also invalid where the clock contradicts the newest event or
  /// the file system by more than a day: what is recorded keeps that instant for ever.
  [[nodiscard]] Result<std::unique_ptr<Journal>> recording();
  /// To look after the store on this machine. Waits for its turn where there is another writer,
  /// and says on standard error for whom.
  [[nodiscard]] Result<std::unique_ptr<Journal>> journal() { return journal_of(store); }
  /// The same of another store.
  [[nodiscard]] Result<std::unique_ptr<Journal>> journal_of(const std::string& directory);
};

/// Runs a command of the program: its words as on the command line, without the program's name.
using RunCommand = std::function<Outcome(const std::vector<std::string>& words, Context& context)>;

}  // namespace solnoma
