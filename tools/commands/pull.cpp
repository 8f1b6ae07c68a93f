#include <fmt/format.h>

#include <filesystem>
#include <future>

#include "engine/hash.hpp"
#include "engine/tree_head.hpp"
#include "events/event_type.hpp"
#include "tools/commands/commands.hpp"
#include "tools/import/recorder.hpp"
#include "tools/import/slug.hpp"
#include "tools/import/store_rows.hpp"
#include "tools/import/tool_source.hpp"
#include "tools/io/output_file.hpp"
#include "tools/shared/import_summary.hpp"

namespace solnoma {
namespace {

struct PullOptions {
  std::string store, rename, rejects;
  bool check = false, set_aside = false;
};

/// What tells of the pull: of which log, by its head.
std::future<Event> event_of_pull(const std::string& name, const TreeHead& head, Day today) {
  Event event;
  event.source = kToolSource;
  const std::string slug = slug_of(name);
  event.subject = "dataset/" + (slug.empty() ? "unnamed" : slug);
  event.type = event_type(kImported).name;
  event.known = today;
  event.import_record = ImportRecord{name, to_hex(head.root), {}};
  std::promise<Event> told;
  told.set_value(std::move(event));
  return told.get_future();
}

Outcome run(Context& context, const PullOptions& options) {
  if (options.check && options.set_aside)
    return usage("--check records nothing that --set-aside could be about", "give one of them");
  auto today = context.today();
  if (!today) return refuse(today);
  auto latest = context.today_anywhere();
  if (!latest) return refuse(latest);
  auto other = open_log(context.disk, options.store);
  if (!other) return refuse(other);
  const auto head = (*other)->tree_head((*other)->head());
  if (!head) return refuse(head);
  auto log = context.recording();
  if (!log) return refuse(log);
  std::optional<OutputFile> rejects;
  if (!options.rejects.empty()) {
    auto opened = OutputFile::open(options.rejects);
    if (!opened) return refuse(opened);
    rejects.emplace(std::move(*opened));
  }
  ProgressLine progress(context.progress, "events read:");
  RecorderOptions how{.on_problem = options.check       ? OnProblem::check
                                    : options.set_aside ? OnProblem::set_aside
                                                        : OnProblem::stop,
                      .latest = *latest,
                      .today = *today,
                      .progress = [&](std::size_t rows) { progress.at(rows); }};
  if (rejects) how.rejects = [&](std::string_view text) { rejects->output().write(text); };
  auto recorder = Recorder::to(**log, std::move(how));
  if (!recorder) return refuse(recorder);
  std::filesystem::path path(options.store);
  if (!path.has_filename()) path = path.parent_path();
  const std::string name = path.filename().string();
  auto rows = open_store_rows(**other, (*log)->log(), {options.rename, rejects.has_value()});
  if (auto ok = (*recorder)->read(*rows, {name, event_of_pull(name, *head, *today)}); !ok)
    return refuse(ok);
  auto summary = (*recorder)->finish();
  if (!summary) return refuse(summary);
  progress.clear();
  if (rejects)
    if (auto ok = rejects->finish(); !ok) return ok;
  for (const std::string& line : options.check ? lines_of_check(*summary) : lines_of(*summary))
    context.out.line(line);
  if (!options.check || summary->refused_rows == 0) return {};
  return std::unexpected(Failure(Error{
      Errc::invalid,
      fmt::format("{} of {} events cannot be recorded", summary->refused_rows, summary->rows),
      {},
      "leave them out with --set-aside, or bring in those that conflict with --rename NAME"}));
}

}  // namespace

void add_pull(CommandLine& line, Context& context) {
  Command command = line.command("pull", "Record what is new in another store, a colleague's");
  auto options = std::make_shared<PullOptions>();
  command.argument("DIR", options->store, "The other store, which is only read");
  command.flag("--check", options->check,
               "Record nothing: tell what is new, all conflicts, and which statuses would change");
  command.flag("--set-aside", options->set_aside,
               "Leave out what cannot be recorded; otherwise one is enough for nothing to be "
               "recorded");
  command.option("--rejects", options->rejects,
                 "Write the events that cannot be recorded, with what is wrong, as a file that "
                 "can be imported",
                 "FILE");
  command.option("--rename", options->rename,
                 "Bring in what conflicts as of the source SOURCE#NAME: both versions are there",
                 "NAME");
  command.footer(
      "Events keep their source, id, sources and days; where they stand and when they were "
      "recorded\n"
      "is this store's own. A conflict is an event of the same source and id with other content, "
      "or\n"
      "one that supersedes what is superseded here already. 'solnoma imports' lists a pull by the\n"
      "head of the other log, and 'solnoma import --undo' takes it back.\n"
      "Example:\n  solnoma pull ../nodira/solnoma.store --check");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
