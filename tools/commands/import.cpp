#include <fmt/format.h>

#include <filesystem>

#include "tools/commands/commands.hpp"
#include "tools/import/cloudevents/cloudevents_reader.hpp"
#include "tools/import/imports.hpp"
#include "tools/import/recorder.hpp"
#include "tools/import/snapshot/snapshot.hpp"
#include "tools/import/table/guess.hpp"
#include "tools/io/free_memory.hpp"
#include "tools/io/input.hpp"
#include "tools/io/output_file.hpp"
#include "tools/shared/import_files.hpp"
#include "tools/shared/import_summary.hpp"
#include "tools/shared/witness.hpp"

namespace solnoma {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  ReadingOptions reading;
  std::string rejects, undo, guess, renames, changes;
  std::string expect = "any", vanished = "few";
  std::uint64_t batch = 10'000;
  bool forks = false, check = false, set_aside = false, snapshot = false, as_recorded = false;
  WitnessOptions witness;
  RecordedClock clock = {};  // with as_recorded
};

/// One of the inputs, and what tells of its import.
struct ImportInput {
  ImportedInput told;
  std::unique_ptr<RowReader> rows;
};

Outcome check_choices(const ImportOptions& options) {
  const bool alone = !options.undo.empty() || !options.guess.empty();
  if (options.files.empty() != alone)
    return usage(alone ? "--undo and --guess take no other FILE" : "no FILE is given",
                 "name the files to import, or with --undo the import to undo");
  const bool streams = std::ranges::find(options.files, "-") != options.files.end();
  if (streams && options.files.size() > 1)
    return usage("standard input and files are imported apart", "run the command for each");
  if (!options.rejects.empty() && options.files.size() > 1)
    return usage("--rejects takes the rows of one file", "import the files one by one");
  if (options.snapshot && options.files.size() != 1)
    return usage("--snapshot takes one FILE", "import the releases one by one, in their order");
  if (options.as_recorded && (options.files.size() != 1 || options.set_aside || options.snapshot ||
                              !options.rejects.empty()))
    return usage("--as-recorded takes one FILE, and all of it",
                 "name the one that 'solnoma export' wrote, without --set-aside, --rejects and "
                 "--snapshot");
  const WitnessOptions& witness = options.witness;
  if (!options.as_recorded && !(witness.heads.empty() && witness.signed_.empty()))
    return usage("--head and --signed say what a log must be that is made --as-recorded",
                 "give that, too");
  if (options.check && options.set_aside)
    return usage("--check records nothing that --set-aside could be about", "give one of them");
  return {};
}

/// Lines of standard input, as they come.
Try<ImportInput> open_stream(const ReadOptions& options) {
  const std::string name = "standard input";
  auto input = Input::open("-");
  if (!input) return refuse(input);
  auto shared = std::make_shared<Input>(std::move(*input));
  auto first = shared->peek();
  if (!first) return refuse(first);
  if (*first == '[') {
    auto text = shared->rest();
    if (!text) return refuse(text);
    auto rows = open_cloudevents(FileContent::of_text(name, std::move(*text)), options);
    if (!rows) return refuse(rows);
    return ImportInput{{name}, std::move(*rows)};
  }
  const auto line = [shared](std::string& text) -> Result<bool> {
    auto more = shared->line(text);
    if (!more) return std::unexpected(more.error().error);
    return *more;
  };
  return ImportInput{{name}, open_cloudevents(line, options)};
}

/// All files, before the store is touched.
Try<std::vector<ImportInput>> open_inputs(const Reading& reading, const ImportOptions& options,
                                          Day today) {
  std::vector<FileContent> files;
  for (const std::string& path : options.files) {
    auto file = open_file(path);
    if (!file) return refuse(file);
    files.push_back(std::move(*file));
  }
  std::vector<ImportInput> inputs;
  auto together = open_together(files, reading);
  if (!together) return refuse(together);
  if (*together) {
    inputs.push_back({{"releases", import_event(files, reading, today)}, std::move(*together)});
    return inputs;
  }
  for (const FileContent& file : files) {
    auto rows = open_rows(file, reading);
    if (!rows) return refuse(rows);
    ImportInput& input = inputs.emplace_back(ImportInput{{file.name()}, std::move(*rows)});
    if (options.expect != "same" && !options.as_recorded)
      input.told.imported = import_event(file, reading, today);
  }
  return inputs;
}

/// The questions about renamed keys go into a file, and nothing is recorded until it answers them.
Outcome ask_for_renames(const Snapshot& snapshot, const RenameAnswers& answers,
                        const ImportOptions& options, Context& context) {
  const auto& likely = snapshot.likely_renames();
  if (!answers.open.empty())
    return refuse(
        at(options.renames, Error{Errc::invalid,
                                  fmt::format("{} of its rows have no answer", answers.open.size()),
                                  {},
                                  "write yes or no in their last column"}));
  if (likely.empty()) return {};
  if (options.renames.empty()) {
    context.out.line(fmt::format(
        "{} that vanished may have got another key, as '{}' ('{}'): --renames FILE asks for each",
        likely.size(), likely.front().old_key, likely.front().new_key));
    return {};
  }
  auto file = OutputFile::open(options.renames);
  if (!file) return refuse(file);
  file->output().write(renames_to_csv(likely));
  if (auto ok = file->finish(); !ok) return ok;
  return refuse(at(options.renames,
                   Error{Errc::invalid,
                         fmt::format("{} keys may be renamed", likely.size()),
                         {},
                         "write yes or no in the last column of each row, and run this again"}));
}

Try<std::unique_ptr<Snapshot>> open_snapshot(const FileContent& file, const Reading& reading,
                                             const Log& log, const ImportOptions& options,
                                             Context& context) {
  RenameAnswers answers;
  std::error_code ignored;
  const bool answered =
      !options.renames.empty() && std::filesystem::exists(options.renames, ignored);
  if (answered) {
    auto given = open_file(options.renames);
    if (!given) return refuse(given);
    auto read = renames_from_csv(*given);
    if (!read) return refuse(read);
    answers = std::move(*read);
  }
  const auto open = [file, reading](const KnownSubjects& known_subjects) {
    return open_rows(file, reading, known_subjects);
  };
  auto snapshot = Snapshot::of(log, open, answers);
  if (!snapshot) return refuse(snapshot);
  if (answered && answers.open.empty()) return std::move(*snapshot);
  if (auto ok = ask_for_renames(**snapshot, answers, options, context); !ok) return refuse(ok);
  return std::move(*snapshot);
}

/// In whose name it is recorded: of who asks a server.
std::string recorder_of(const Context& context) {
  return context.asker ? context.asker->name : std::string();
}

/// What was left to be told of an import that stopped.
Failure stopped(Error error, const Recorder& recorder, bool streams) {
  if (streams && recorder.recorded() > 0)
    error.remedy += fmt::format("{}{} events before it were recorded",
                                error.remedy.empty() ? "" : "; ", recorder.recorded());
  return Failure(std::move(error));
}

/// Reads the inputs and records them. `streams`: as they come.
Outcome import(Journal& log, std::vector<ImportInput> inputs, bool streams, Context& context,
               ImportOptions& options) {
  auto today = context.today();
  if (!today) return refuse(today);
  auto latest = context.today_anywhere();
  if (!latest) return refuse(latest);
  std::optional<OutputFile> rejects;
  if (!options.rejects.empty()) {
    auto opened = OutputFile::open(options.rejects);
    if (!opened) return refuse(opened);
    rejects.emplace(std::move(*opened));
  }
  ProgressLine progress(context.progress, "rows read:");
  RecorderOptions how{.on_problem = options.check       ? OnProblem::check
                                    : options.set_aside ? OnProblem::set_aside
                                                        : OnProblem::stop,
                      .batch = streams && !options.check && !options.set_aside ? options.batch : 0,
                      .same_positions = options.expect == "same",
                      .forks = options.forks ? Forks::taken : Forks::refused,
                      .latest = *latest,
                      .today = *today,
                      .progress = [&](std::size_t rows) { progress.at(rows); },
                      .large = &give_memory_back_at_once,
                      .tried = &give_memory_back,
                      .recorded_by = recorder_of(context)};
  if (options.as_recorded) {
    auto heads = witnessed_heads(options.witness);
    if (!heads) return refuse(heads);
    how.as_recorded = RecorderOptions::Again{&options.clock, heads_of(*heads)};
    // What was taken once is taken again, whatever the clock says today.
    how.batch = 0;
    how.forks = Forks::taken;
    how.latest = kOpenFuture;
  }
  if (rejects) how.rejects = [&](std::string_view text) { rejects->output().write(text); };
  auto made = Recorder::to(log, std::move(how));
  if (!made) return refuse(made);
  Recorder& recorder = **made;
  for (ImportInput& input : inputs) {
    const std::size_t before = recorder.rows();
    const std::string name = input.told.name;
    if (auto ok = recorder.read(*input.rows, std::move(input.told)); !ok)
      return std::unexpected(stopped(ok.error(), recorder, streams));
    if (recorder.rows() == before)
      return refuse(
          at(name, Error{Errc::invalid, "there are no events in it", {}, "look into it"}));
  }
  auto summary = recorder.finish();
  if (!summary) return std::unexpected(stopped(summary.error(), recorder, streams));
  progress.clear();
  if (rejects)
    if (auto ok = rejects->finish(); !ok) return ok;
  const bool records = !summary->status_changes;
  for (const std::string& line : records ? lines_of(*summary) : lines_of_check(*summary))
    context.out.line(line);
  if (records || summary->refused_rows == 0) return {};
  return std::unexpected(Failure(
      Error{Errc::invalid,
            fmt::format("{} of {} rows cannot be recorded", summary->refused_rows, summary->rows),
            {},
            "correct them, or record the others with --set-aside"}));
}

Outcome undo(Context& context, const ImportOptions& options) {
  auto today = context.today();
  if (!today) return refuse(today);
  auto log = context.recording();
  if (!log) return refuse(log);
  auto import = find_import((*log)->log(), options.undo);
  if (!import) return refuse(import);
  const std::string& id = import->stored.event.id;
  if (import->undone)
    return refuse(std::unexpected(Error{Errc::conflict,
                                        fmt::format("'{}' is undone already", id),
                                        {},
                                        "solnoma imports lists those that stand"}));
  auto rows = open_undo((*log)->log(), *import, *today);
  if (!rows) return refuse(rows);
  auto made =
      Recorder::to(**log, {.on_problem = options.check ? OnProblem::check : OnProblem::set_aside,
                           .latest = *today,
                           .today = *today,
                           .recorded_by = recorder_of(context)});
  if (!made) return refuse(made);
  if (auto ok = (*made)->read(**rows, {"position"}); !ok) return refuse(ok);
  auto summary = (*made)->finish();
  if (!summary) return refuse(summary);
  for (const std::string& line : lines_of_undo(*summary, id)) context.out.line(line);
  return {};
}

Outcome guess(Context& context, const ImportOptions& options) {
  auto file = open_file(options.guess);
  if (!file) return refuse(file);
  auto mapping = guess_mapping(*file);
  if (!mapping) return refuse(mapping);
  context.out.write(*mapping);
  return {};
}

Outcome import_snapshot(Context& context, const Reading& reading, Day today,
                        ImportOptions& options) {
  auto file = open_file(options.files.front());
  if (!file) return refuse(file);
  auto log = context.recording();
  if (!log) return refuse(log);
  auto snapshot = open_snapshot(*file, reading, (*log)->log(), options, context);
  if (!snapshot) return refuse(snapshot);
  auto rows = (*snapshot)->rows(options.vanished == "few"      ? OnVanished::few
                                : options.vanished == "delist" ? OnVanished::delist
                                                               : OnVanished::ignore);
  if (!rows) return refuse(rows);
  std::vector<ImportInput> inputs;
  inputs.push_back({{file->name(), import_event(*file, reading, today)}, std::move(*rows)});
  if (auto ok = import(**log, std::move(inputs), /*streams=*/false, context, options); !ok)
    return ok;
  if (options.changes.empty()) return {};
  auto changes = OutputFile::open(options.changes);
  if (!changes) return refuse(changes);
  const std::string name = std::filesystem::path(file->name()).filename().string();
  changes->output().write((*snapshot)->summary("What " + name + " changes"));
  return changes->finish();
}

/// The journal of the store by another clock than the program's.
Result<std::shared_ptr<Journal>> journal_by(Clock& clock, const Context& context) {
  Context own{context.disk, clock, Output(stdout), false, context.store};
  own.wait = context.wait;
  return own.journal();
}

Outcome run(Context& context, ImportOptions& options) {
  if (auto ok = check_choices(options); !ok) return ok;
  if (!options.guess.empty()) return guess(context, options);
  if (!options.undo.empty()) return undo(context, options);
  auto today = context.today();
  if (!today) return refuse(today);
  auto reading = reading_of(options.reading, context);
  if (!reading) return refuse(reading);
  reading->read.originals = !options.rejects.empty() || options.as_recorded;
  if (options.snapshot) return import_snapshot(context, *reading, *today, options);
  const bool streams = options.files.front() == "-" && !reading->mapping;
  std::vector<ImportInput> inputs;
  if (streams) {
    auto stream = open_stream(reading->read);
    if (!stream) return refuse(stream);
    inputs.push_back(std::move(*stream));
  } else {
    auto opened = open_inputs(*reading, options, *today);
    if (!opened) return refuse(opened);
    inputs = std::move(*opened);
  }
  auto log = options.as_recorded ? journal_by(options.clock, context) : context.recording();
  if (!log) return refuse(log);
  return import(**log, std::move(inputs), streams && !options.as_recorded, context, options);
}

}  // namespace

void add_import(CommandLine& line, Context& context) {
  Command command = line.command("import",
                                 "Record events from files: CloudEvents, tables (CSV, XLSX, ODS, "
                                 "GeoJSON), OC4IDS, OCDS, IATI");
  auto options = std::make_shared<ImportOptions>();
  command.arguments("FILE", options->files, "Files, or - for standard input", /*required=*/false);
  command.flag("--check", options->check,
               "Record nothing: tell of all problems, and which statuses would change");
  command.flag("--set-aside", options->set_aside,
               "Leave out the rows that cannot be recorded; otherwise one is enough for nothing to "
               "be recorded");
  command.option("--rejects", options->rejects,
                 "Write the rows that cannot be recorded, as they are, with what is wrong: "
                 "corrected there, they are imported like their file",
                 "FILE");
  command.option("--guess", options->guess, "Print a mapping to begin with, for this table",
                 "FILE");
  add_reading_options(command, options->reading);
  command.flag("--snapshot", options->snapshot,
               "The file is the next release of a table: record what it changes");
  command.choice("--vanished", options->vanished, {"few", "delist", "ignore"},
                 "What a release no longer lists is told as delisted: if it is few (at most a "
                 "fifth), however much, or not at all");
  command.option("--renames", options->renames,
                 "Ask in this file whether new keys are those of what vanished, and take the "
                 "answers from it",
                 "FILE");
  command.option("--changes", options->changes, "Write what a release changes, as Markdown",
                 "FILE");
  command.option("--undo", options->undo,
                 "Retract all that an import recorded: what 'solnoma imports' lists", "ID");
  command.number("--batch", options->batch,
                 "Events of standard input that are recorded together, or not at all", 1, 100'000,
                 "10000");
  command.choice("--expect", options->expect, {"any", "same"},
                 "Whether each event must keep the position that its file states");
  command.flag("--as-recorded", options->as_recorded,
               "Make the log again of which FILE is the export: into an empty store, with the same "
               "positions, instants and head, or not at all");
  add_witness(command, options->witness);
  command.flag(
      "--forks", options->forks,
      "Take what supersedes an event that another supersedes already, as a log of an older "
      "version may hold it; both count then");
  command.footer(
      "All of the files is recorded, or nothing. An event that is recorded already with the same\n"
      "content is passed over: what was interrupted is finished by importing it again. Names that\n"
      "look like slips of known ones are counted, and recorded as they stand. A line may have\n"
      "4 MiB. Standard input is recorded as it comes, batch by batch.\n"
      "A table:  solnoma import --guess parks.csv > parks.toml\n"
      "          solnoma import --map parks.toml --known 2024-06-10 --check parks.csv\n"
      "          solnoma import --map parks.toml --known 2024-06-10 parks.csv\n"
      "          solnoma import --map parks.toml --known 2025-03-18 --snapshot parks-2025.csv");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
