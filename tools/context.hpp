#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/clock.hpp"
#include "engine/disk.hpp"
#include "engine/log.hpp"
#include "events/chronicle.hpp"
#include "tools/outcome.hpp"
#include "tools/output.hpp"

namespace CLI {
class App;
}

namespace solnoma {

/// The world as main() hands it to the commands.
struct Context {
  Disk disk;
  Clock& clock;
  Output out;
  bool progress = false;  ///< standard error is a terminal
  std::string store;      ///< --store, else $SOLNOMA_STORE, else ./solnoma.store
  Outcome outcome;        ///< what the command came to

  [[nodiscard]] Day today() { return day_of(clock.now()); }
  [[nodiscard]] Result<std::unique_ptr<Log>> read() { return Log::open(disk, store); }
  [[nodiscard]] Result<std::unique_ptr<Journal>> write() {
    return open_journal(disk, store, clock);
  }
};

/// Each adds its command to the program. One file for each: command_<name>.cpp.
void add_init(CLI::App& app, Context& context);
void add_append(CLI::App& app, Context& context);
void add_correct(CLI::App& app, Context& context);
void add_retract(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_history(CLI::App& app, Context& context);
void add_log(CLI::App& app, Context& context);
void add_status(CLI::App& app, Context& context);
void add_timeline(CLI::App& app, Context& context);
void add_diff(CLI::App& app, Context& context);
void add_explain(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_rebuild(CLI::App& app, Context& context);
void add_verify(CLI::App& app, Context& context);
void add_backup(CLI::App& app, Context& context);
void add_restore(CLI::App& app, Context& context);
void add_date(CLI::App& app, Context& context);

}  // namespace solnoma
