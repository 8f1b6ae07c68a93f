#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

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

  std::string given_today = {};  ///< --today, else $SOLNOMA_TODAY; empty: the clock's
  std::function<Day(Instant)> local_day = day_of;  ///< the day of an instant in the user's zone

  /// Today, where the user is. Errors: usage, where another day was given that is none.
  [[nodiscard]] Try<Day> today();
  /// The same of whoever has the latest day on earth: what comes from elsewhere may be of it.
  [[nodiscard]] Try<Day> today_anywhere();

  [[nodiscard]] Result<std::unique_ptr<Log>> read() { return open_log(disk, store); }
  /// To record events, wherever the log is.
  [[nodiscard]] Result<std::unique_ptr<Appender>> append_to() { return journal(); }
  /// To look after the store on this machine.
  [[nodiscard]] Result<std::unique_ptr<Journal>> journal() {
    return open_journal(disk, store, clock);
  }
};

}  // namespace solnoma
