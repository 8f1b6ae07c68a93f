#include "tools/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <vector>

#include "events/nearest.hpp"
#include "events/text.hpp"

namespace solnoma {
namespace {

int report(const Failure& failure) {
  const Error& error = failure.error;
  std::string line = "solnoma: " + error.what;
  if (!error.where.empty()) line += fmt::format(", in {}", error.where);
  if (!error.remedy.empty()) line += "; " + error.remedy;
  // What is quoted may be anything: it must not reach a terminal raw, nor break the line.
  fmt::print(stderr, "{}\n", visible(line));
  return static_cast<int>(failure.exit);
}

void add_commands(CLI::App& app, Context& context) {
  add_init(app, context);
  add_history(app, context);
  add_append(app, context);
  add_correct(app, context);
  add_retract(app, context);
  add_import(app, context);
  add_export(app, context);
  add_log(app, context);
  add_status(app, context);
  add_timeline(app, context);
  add_diff(app, context);
  add_explain(app, context);
  add_report(app, context);
  add_rebuild(app, context);
  add_verify(app, context);
  add_backup(app, context);
  add_restore(app, context);
  add_date(app, context);
}

/// The first word that is no option, if it is no command: most likely mistyped.
std::optional<std::string> unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--store") {
      ++i;
      continue;
    }
    if (word.starts_with('-')) continue;
    for (const auto* command : app.get_subcommands({}))
      if (command->get_name() == word) return std::nullopt;
    return std::string(word);
  }
  return std::nullopt;
}

std::unexpected<Failure> no_such_command(const CLI::App& app, const std::string& typed) {
  std::vector<std::string_view> names;
  for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
  const auto near = nearest(typed, names);
  return usage(fmt::format("there is no command '{}'", typed.substr(0, 60)),
               near ? fmt::format("did you mean 'solnoma {}'?", *near)
                    : "'solnoma --help' lists the commands");
}

/// An option that was mistyped is named by the nearest one of its command.
std::unexpected<Failure> wrong_usage(const CLI::App& app, const CLI::ParseError& error, int argc,
                                     const char* const* argv) {
  const CLI::App* command = &app;
  if (!app.get_subcommands().empty()) command = app.get_subcommands().front();
  const std::string help = command == &app
                               ? "see 'solnoma --help'"
                               : fmt::format("see 'solnoma {} --help'", command->get_name());
  std::vector<std::string> names{"--help"};
  for (const CLI::App* each : {command, &app})
    for (const auto* option : each->get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  const std::vector<std::string_view> views(names.begin(), names.end());
  for (int i = 1; i < argc; ++i) {
    const std::string word = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
    if (!word.starts_with("--") || word == "--") continue;
    if (std::ranges::find(names, word) != names.end()) continue;
    const auto near = nearest(word, views);
    return usage(fmt::format("there is no option '{}'", word.substr(0, 60)),
                 near ? fmt::format("did you mean {}?", *near) : help);
  }
  return usage(error.what(), help);
}

}  // namespace

int run(int argc, const char* const* argv, Context& context) {
  CLI::App app{
      "solnoma keeps a chronicle of industrial cooperation: an append-only log of\n"
      "milestones, and what was true at any date, as known at any date, and why.",
      "solnoma"};
  app.set_version_flag("--version", std::string("solnoma " SOLNOMA_VERSION));
  app.require_subcommand(1);
  app.fallthrough();
  app.option_defaults()->always_capture_default();
  app.add_option("--store", context.store, "Directory of the store")
      ->envname("SOLNOMA_STORE")
      ->take_last();
  app.footer(
      "Exit codes: 0 done; 1 refused (invalid event, conflict, nothing of that name);\n"
      "2 wrong usage; 3 the store is missing, in use, unreadable or damaged.\n"
      "'solnoma COMMAND --help' tells of one command.");
  add_commands(app, context);

  if (const auto typed = unknown_command(app, argc, argv))
    return report(no_such_command(app, *typed).error());
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return report(wrong_usage(app, error, argc, argv).error());
  }
  if (context.outcome) context.outcome = context.out.finish();
  return context.outcome ? static_cast<int>(Exit::done) : report(context.outcome.error());
}

}  // namespace solnoma
