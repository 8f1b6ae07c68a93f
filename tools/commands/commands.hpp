#pragma once

#include <memory>
#include <string>

#include "tools/command_line.hpp"
#include "tools/context.hpp"

namespace solnoma {

/// Each adds its command to the program. One file for each, of its name.
void add_init(CommandLine& line, Context& context);
void add_append(CommandLine& line, Context& context);
void add_correct(CommandLine& line, Context& context);
void add_retract(CommandLine& line, Context& context);
void add_show(CommandLine& line, Context& context);
void add_edit(CommandLine& line, Context& context);
void add_postpone(CommandLine& line, Context& context);
void add_proposals(CommandLine& line, Context& context);
void add_accept(CommandLine& line, Context& context);
void add_decline(CommandLine& line, Context& context);
void add_import(CommandLine& line, Context& context);
void add_imports(CommandLine& line, Context& context);
void add_export(CommandLine& line, Context& context);
void add_follow(CommandLine& line, Context& context);
void add_history(CommandLine& line, Context& context);
void add_pull(CommandLine& line, Context& context);
void add_review(CommandLine& line, Context& context);
void add_search(CommandLine& line, Context& context);
void add_log(CommandLine& line, Context& context);
void add_status(CommandLine& line, Context& context);
void add_timeline(CommandLine& line, Context& context);
void add_diff(CommandLine& line, Context& context);
void add_plans(CommandLine& line, Context& context);
void add_agenda(CommandLine& line, Context& context);
void add_explain(CommandLine& line, Context& context);
void add_story(CommandLine& line, Context& context);
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
void add_config(CommandLine& line, Context& context);
void add_date(CommandLine& line, Context& context);
void add_help(CommandLine& line, Context& context);

/// `run` runs any command that asks.
void add_mcp(CommandLine& line, Context& context, RunCommand run);
void add_serve(CommandLine& line, Context& context, RunCommand run);
void add_token(CommandLine& line, Context& context);
void add_webhook(CommandLine& line, Context& context);

}  // namespace solnoma
