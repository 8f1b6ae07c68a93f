#include "tools/cli.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/storage/store.hpp"
#include "events/text/text.hpp"
#include "tools/advice.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/complete.hpp"
#include "tools/linked_packages.hpp"
#include "tools/serve/remote.hpp"

namespace solnoma {
namespace {

int report(const Failure& failure) {
  const Error& error = failure.error;
  std::string line = "solnoma: " + error.what;
  if (!error.where.empty()) line += fmt::format(", in {}", error.where);
  if (const std::string remedy = remedy_of(error); !remedy.empty()) line += "; " + remedy;
  // What is quoted may be anything: it must not reach a terminal raw, nor break the line.
  // Nothing is left to be done where even this cannot be written.
  (void)std::fputs((visible(line) + "\n").c_str(), stderr);
  return static_cast<int>(failure.exit);
}

struct NamedCommand {
  std::string_view name;
  void (*add)(CommandLine&, Context&);
};
constexpr NamedCommand kCommands[] = {
    {"init", add_init},
    {"history", add_history},
    {"append", add_append},
    {"correct", add_correct},
    {"retract", add_retract},
    {"show", add_show},
    {"edit", add_edit},
    {"postpone", add_postpone},
    {"proposals", add_proposals},
    {"accept", add_accept},
    {"decline", add_decline},
    {"import", add_import},
    {"imports", add_imports},
    {"export", add_export},
    {"log", add_log},
    {"search", add_search},
    {"follow", add_follow},
    {"pull", add_pull},
    {"review", add_review},
    {"status", add_status},
    {"timeline", add_timeline},
    {"diff", add_diff},
    {"plans", add_plans},
    {"agenda", add_agenda},
    {"explain", add_explain},
    {"story", add_story},
    {"report", add_report},
    {"rebuild", add_rebuild},
    {"verify", add_verify},
    {"head", add_head},
    {"keygen", add_keygen},
    {"sign", add_sign},
    {"prove", add_prove},
    {"verify-proof", add_verify_proof},
    {"backup", add_backup},
    {"restore", add_restore},
    {"date", add_date},
    {"config", add_config},
    {"help", add_help},
};

/// What needs no store.
bool works_anywhere(std::string_view command) {
  return command == "help" || command == "config" || command == "date" || command == "keygen" ||
         command == "verify-proof";
}

/// One command alone, for who asks over the network.
Outcome run_words(const std::vector<std::string>& words, Context& context) {
  const auto* const found = std::ranges::find(kCommands, words.front(), &NamedCommand::name);
  CommandLine line("", "", "", context.settings);
  found->add(line, context);
  std::vector<const char*> arguments{"solnoma"};
  for (const std::string& word : words) arguments.push_back(word.c_str());
  return line.run(static_cast<int>(arguments.size()), arguments.data(), context.out, context.width);
}

/// All of them, or the one that is typed, where it needs no other: to tell the parser of all
/// options takes a fifth of the time of a short question.
void add_commands(CommandLine& line, Context& context, const std::optional<std::string>& typed) {
  const auto* const found = std::ranges::find(kCommands, typed.value_or(""), &NamedCommand::name);
  if (found != std::end(kCommands) && found->name != "help") return found->add(line, context);
  for (const NamedCommand& command : kCommands) command.add(line, context);
  add_mcp(line, context, run_words);
  add_serve(line, context, run_words);
  add_token(line, context);
  add_webhook(line, context);
}

/// A script reads the first line; the rest is what a security update is judged by.
std::string version() {
  std::string text = fmt::format(
      "solnoma {}\nstore format {}\nlinked in, by Debian's names:", SOLNOMA_VERSION, kStoreFormat);
  if (linked_packages().empty()) text += " not known, since it was built where there is no dpkg";
  for (const std::string_view package : linked_packages()) text += fmt::format("\n  {}", package);
  return text;
}

/// The command of the shell; empty: none.
std::string pager_of(const Held& pager) {
  if (pager.origin == Origin::otherwise)
    return "if command -v less >/dev/null; then exec less; else exec cat; fi";
  return pager.value == "cat" ? "" : pager.value;
}

/// Whoever misspelt a setting is told so, whatever is asked.
void read_settings(Context& context) {
  auto settings = Settings::of(context.variables);
  if (!settings) {
    context.refused = settings.error();
    return;
  }
  context.settings = std::move(*settings);
  context.out.shown_by(pager_of(context.settings[Setting::pager]));
  for (const std::string& each : context.settings.unknown())
    (void)std::fputs((visible("solnoma: " + each) + "\n").c_str(), stderr);
}

Outcome run_once(int argc, const char* const* argv, Context& context) {
  CommandLine line(
      "solnoma keeps a chronicle of industrial cooperation: an append-only log of\n"
      "milestones, and what was true at any date, as known at any date, and why.",
      version(),
      "Exit codes: 0 done; 1 refused (invalid event, conflict, nothing of that name);\n"
      "2 wrong usage; 3 the store is missing, in use, unreadable or damaged.\n"
      "'solnoma COMMAND --help' tells of one command, 'solnoma config' what is set, and where.",
      context.settings);
  if (context.refused) line.refuse_all(*context.refused);
  const std::string store = std::exchange(context.store, std::string(kUsualStore));
  line.common_setting("--store", Setting::store, context.store,
                      "Directory of the store, or address of a server; where none is named, "
                      "solnoma.store in the working "
                      "folder or the nearest above it",
                      "TEXT");
  if (!context.variables) context.store = store;  // as whoever runs it has set it
  line.common_option("--today", context.given_today,
                     "The day to take for today, where the clock is wrong; otherwise it is that of "
                     "the time zone TZ",
                     "DATE", "SOLNOMA_TODAY");
  line.common_setting(
      "--wait", Setting::wait, context.wait,
      "How long a command that writes waits for another one of the same store, and serve for "
      "those who keep a log that is shared",
      kLongestWait, "SECONDS");
  line.common_flag("--trust-clock", context.trust_clock,
                   "Record by the clock of this machine even where the newest event or the file "
                   "system says that it is more than a day off");
  line.common_setting("--color", Setting::color, context.color,
                      "Colour what stands out: auto is on a terminal", "WHEN",
                      {"auto", "always", "never"});
  line.common_flag("--no-pager", context.no_pager,
                   "Write long answers to the terminal as they are; otherwise $SOLNOMA_PAGER, else "
                   "$PAGER, else less shows them");
  add_commands(line, context, line.typed_command(argc, argv));
  line.instead([&context](const TypedCommand& typed) -> std::optional<Outcome> {
    if (works_anywhere(typed.name)) return std::nullopt;
    if (is_remote(context.store)) return ask_remote(typed, context);
    if (!goes_to_local_server(typed, context)) return std::nullopt;
    return ask_remote(typed, context, /*direct=*/true);
  });
  if (const auto typed = words_to_complete(argc, argv))
    return complete_words(line.description(), *typed, context);
  return line.run(argc, argv, context.out, context.width);
}

/// True if a question failed for want of what a rebuild derives again, with nothing said yet.
bool can_be_mended(const Outcome& outcome, const Context& context) {
  return !outcome && outcome.error().error.code == Errc::damaged_index &&
         outcome.error().exit == Exit::store && !context.out.used();
}

/// Opens a journal, which derives an index of another version, and closes it again.
Outcome mend(Context& context, bool rebuild) {
  auto journal = context.journal();
  if (!journal) return refuse(journal);
  if (!rebuild) return {};
  if (auto ok = (*journal)->rebuild(); !ok) return refuse(ok);
  return {};
}

/// Asks again with the index derived anew: by opening the log where that is enough.
/// What `failed` says stays where it cannot be.
Outcome ask_mended(const std::function<Outcome()>& ask, Context& context, Outcome failed) {
  if (!mend(context, /*rebuild=*/false)) return failed;
  Outcome outcome = ask();
  const bool damaged = can_be_mended(outcome, context);
  if (damaged) {
    if (!mend(context, /*rebuild=*/true)) return outcome;
    outcome = ask();
  }
  if (outcome)
    (void)std::fputs(damaged ? "solnoma: the index was damaged; it was derived again from the log\n"
                             : "solnoma: the index was of another version; it was derived again "
                               "from the log\n",
                     stderr);
  return outcome;
}

}  // namespace

int run(int argc, const char* const* argv, Context& context) {
  const auto ask = [&] { return run_once(argc, argv, context); };
  Outcome outcome;
  try {
    if (context.variables) read_settings(context);
    outcome = ask();
    if (can_be_mended(outcome, context)) outcome = ask_mended(ask, context, std::move(outcome));
    // Where a pager shows what was written so far, an error is told after it.
    const Outcome written = context.out.finish();
    if (outcome) outcome = written;
  } catch (const std::bad_alloc&) {
    outcome = refuse(fail(Errc::unavailable, "there is not enough memory for this",
                          "give the program more, or ask for less at once"));
  }
  return outcome ? static_cast<int>(Exit::done) : report(outcome.error());
}

}  // namespace solnoma
