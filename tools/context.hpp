#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
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
#include "tools/report/text/screen.hpp"
#include "tools/settings.hpp"
#include "tools/time_zone.hpp"

namespace solnoma {

/// Who asks a server.
struct Asker {
  std::string name;
  std::function<bool(std::string_view)> sees;  ///< which subjects
  bool proposes_only = false;  ///< may not record: of proposals their own are theirs
};

/// The world as main() hands it to the commands.
struct Context {
  Disk disk;
  Clock& clock;
  Output out;
  bool progress = false;  ///< standard error is a terminal
  std::string store;      ///< as --store or a setting names it
  /// What the environment says; nothing: no settings are looked for.
  Variables variables = {};
  Settings settings = {};               ///< where no option is given
  std::optional<Failure> refused = {};  ///< why they could not be read

  bool no_pager = false;       ///< --no-pager
  std::string color = "auto";  ///< --color
  bool dumb_terminal = false;  ///< it takes no colours
  /// What a text that goes to `out` is shown on: what is no terminal has no width, nor colours
  /// unless they are wanted always.
  [[nodiscard]] Screen screen() const {
    const bool automatic = color == "auto" && out.terminal() && !dumb_terminal;
    return {.colour = automatic || color == "always", .width = out.terminal() ? width : 0};
  }
  std::size_t width = 80;  ///< columns of a line: those of the terminal
  /// The directory of a store that is to be made: where --store or a setting says, else in the
  /// working folder, whatever there is above it.
  [[nodiscard]] std::string store_to_make() const {
    return settings[Setting::store].origin == Origin::found ? settings.store_to_make() : store;
  }
  /// What is written from now on is for reading: a long answer is shown by the pager.
  void page() {
    if (!no_pager) out.page();
  }

  /// Where it is said how a date was understood, that nothing matches, and the like.
  std::FILE* notes = stderr;
  void note(const std::string& line) const;

  std::string given_today = {};  ///< --today, else $SOLNOMA_TODAY; empty: the clock's
  LocalDay local_day = day_of;   ///< the day of an instant in the user's zone

  /// Today, where the user is. Errors: usage, where another day was given that is none.
  [[nodiscard]] Try<Day> today();
  /// The same of whoever has the latest day on earth: what comes from elsewhere may be of it.
  [[nodiscard]] Try<Day> today_anywhere();

  bool trust_clock = false;  ///< whatever else is known of the time
  std::uint64_t wait = 5;    ///< seconds that a command waits for another writer of its store

  Log* served = nullptr;  ///< of the store, where it is open already; outlives what reads it
  /// The same with all subjects, where `served` shows some (Log::seen_by): for what derives from
  /// the log for everybody.
  Log* whole = nullptr;
  [[nodiscard]] Result<std::shared_ptr<Log>> read() {
    if (served != nullptr) return std::shared_ptr<Log>(std::shared_ptr<Log>(), served);
    return open_log(disk, store);
  }
  /// Who asks a server; none: who sits at this machine.
  std::optional<Asker> asker = {};
  /// What records for whoever asks a server; none: the log on this machine.
  std::function<std::unique_ptr<Appender>(const std::string& proposer)> served_appender = {};
  /// To record events, wherever the log is; what somebody proposed, in their name too.
  [[nodiscard]] Result<std::unique_ptr<Appender>> append_to(const std::string& proposer = {});
  /// The journal of the store, where a server holds it: what records through it is of who asks.
  Journal* served_journal = nullptr;
  /// The same on this machine, for what an appender cannot do. Errors: also invalid where the clock
  /// contradicts the newest event or the file system by more than a day: what is recorded keeps
  /// that instant for ever.
  [[nodiscard]] Result<std::shared_ptr<Journal>> recording();
  /// To look after the store on this machine. Waits for its turn where there is another writer,
  /// and says on standard error for whom.
  [[nodiscard]] Result<std::unique_ptr<Journal>> journal() { return journal_of(store); }
  /// The same of another store.
  [[nodiscard]] Result<std::unique_ptr<Journal>> journal_of(const std::string& directory);

 private:
  [[nodiscard]] Result<std::unique_ptr<Journal>> recording_here();
};

/// Runs a command of the program: its words as on the command line, without the program's name.
using RunCommand = std::function<Outcome(const std::vector<std::string>& words, Context& context)>;

}  // namespace solnoma
