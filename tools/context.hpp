#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/clock.hpp"
#include "engine/disk.hpp"
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

  [[nodiscard]] Day today() { return day_of(clock.now()); }
  [[nodiscard]] Result<std::unique_ptr<Log>> read() { return open_log(disk, store); }
  [[nodiscard]] Result<std::unique_ptr<Journal>> write() {
    return open_journal(disk, store, clock);
  }
};

/// Each adds its command to the program. One file for each: command_<name>.cpp.
void add_init(CommandLine& line, Context& context);
void add_append(CommandLine& line, Context& context);
void add_correct(CommandLine& line, Context& context);
void add_retract(CommandLine& line, Context& context);
void add_import(CommandLine& line, Context& context);
void add_export(CommandLine& line, Context& context);
void add_history(CommandLine& line, Context& context);
void add_log(CommandLine& line, Context& context);
void add_status(CommandLine& line, Context& context);
void add_timeline(CommandLine& line, Context& context);
void add_diff(CommandLine& line, Context& context);
void add_explain(CommandLine& line, Context& context);
void add_report(CommandLine& line, Context& context);
void add_rebuild(CommandLine& line, Context& context);
void add_verify(CommandLine& line, Context& context);
void add_head(CommandLine& line, Context& context);
void add_keygen(CommandLine& line, Context& context);
void add_sign(CommandLine& line, Context& context);
void add_prove(CommandLine& line, Context& context);
void add_verify_proof(CommandLine& line, Context& context);
void add_backup(CommandLine& line, Context& context);
void add_restore(CommandLine& line, Context& context);
void add_date(CommandLine& line, Context& context);

}  // namespace solnoma
