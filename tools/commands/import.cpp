#include <fmt/format.h>

#include <filesystem>

#include "tools/commands/commands.hpp"
#include "tools/import/cloudevents/cloudevents_reader.hpp"
#include "tools/import/file_content.hpp"
#include "tools/import/imports.hpp"
#include "tools/import/recorder.hpp"
#include "tools/import/slug.hpp"
#include "tools/import/table/cells.hpp"
#include "tools/import/table/guess.hpp"
#include "tools/import/table/mapping.hpp"
#include "tools/import/table/table_reader.hpp"
#include "tools/io/input.hpp"
#include "tools/io/output_file.hpp"
#include "tools/shared/event.hpp"
#include "tools/shared/import_summary.hpp"

namespace solnoma {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  std::string source, dataset, rejects, undo, map, known, guess;
  std::string expect = "any";
  std::uint64_t batch = 10'000;
  bool forks = false, check = false, set_aside = false;
};

/// One of the files that are to be imported, and what tells of that.
struct ImportFile {
  ImportedInput told;
  std::unique_ptr<RowReader> rows;
};

/// The event that tells of an import, but for what only recording tells.
Event event_of(const FileContent& file, const ImportOptions& options, Day today) {
  const std::filesystem::path path(file.name());
  const std::string name =
      options.dataset.empty() ? slug_of(path.stem().string()) : options.dataset;
  Event event;
  event.source = kToolSource;
  event.subject = "dataset/" + (name.empty() ? "unnamed" : name);
  event.type = kEventTypes[kImported].name;
  event.known = today;
  event.import_record = {path.filename().string(), to_hex(file.sha256()), {}};
  return event;
}

/// How the files are to be understood.
struct Understanding {
  ReadOptions read;
  std::optional<Mapping> mapping;
  std::string mapping_hash;
};

Try<Understanding> understanding_of(const ImportOptions& options) {
  Understanding how{{options.source, {}}, {}, {}};
  if (!options.known.empty()) {
    auto known = known_from_text(options.known);
    if (!known) return usage("--known: " + known.error().what, known.error().remedy);
    how.read.known = *known;
  }
  if (options.map.empty()) return how;
  auto file = FileContent::of(options.map);
  if (!file) return std::unexpected(Failure(file.error(), Exit::usage));
  auto mapping = mapping_from_toml(std::string(file->bytes()), options.map);
  if (!mapping) return refuse(mapping);
  how.mapping = std::move(*mapping);
  how.mapping_hash = to_hex(file->sha256());
  return how;
}

/// A table that nobody has written a mapping for is no file of events with thousands of errors.
Result<void> check_is_events(const FileContent& file) {
  const std::string_view bytes = file.bytes();
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  constexpr std::string_view kBegins = "{[#";
  if (first == std::string_view::npos || kBegins.find(bytes[first]) != std::string_view::npos)
    return {};
  auto table = table_kind_of(file);
  if (!table) return std::unexpected(table.error());
  return at(
      file.name(),
      Error{Errc::invalid,
            "it is a table, and nothing says what its columns mean",
            {},
            "give a mapping with --map; solnoma import --guess FILE writes one to begin with"});
}

Try<ImportFile> open(const std::string& path, const ImportOptions& options,
                     const Understanding& how, Day today) {
  auto file = FileContent::of(path);
  if (!file) return std::unexpected(Failure(file.error(), Exit::usage));
  if (!how.mapping)
    if (auto ok = check_is_events(*file); !ok) return refuse(ok);
  auto rows =
      how.mapping ? open_table(*file, *how.mapping, how.read) : open_cloudevents(*file, how.read);
  if (!rows) return refuse(rows);
  ImportFile opened{{file->name()}, std::move(*rows)};
  if (options.expect == "same") return opened;
  opened.told.imported = event_of(*file, options, today);
  if (how.mapping) {
    opened.told.imported->import_record->mapping = how.mapping_hash;
    if (options.dataset.empty() && !how.mapping->dataset.empty())
      opened.told.imported->subject = "dataset/" + how.mapping->dataset;
  }
  return opened;
}

/// Lines of standard input, as they come.
Try<ImportFile> open_stream(const ImportOptions& options) {
  auto input = Input::open("-");
  if (!input) return refuse(input);
  auto shared = std::make_shared<Input>(std::move(*input));
  auto first = shared->peek();
  if (!first) return refuse(first);
  if (*first == '[') {
    auto text = shared->rest();
    if (!text) return refuse(text);
    auto rows = open_cloudevents(FileContent::of_text("standard input", std::move(*text)),
                                 {.source = options.source});
    if (!rows) return refuse(rows);
    return ImportFile{{"standard input"}, std::move(*rows)};
  }
  const auto line = [shared](std::string& text) -> Result<bool> {
    auto more = shared->line(text);
    if (!more) return std::unexpected(more.error().error);
    return *more;
  };
  return ImportFile{{"standard input"}, open_cloudevents(line, {.source = options.source})};
}

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
  if (options.check && options.set_aside)
    return usage("--check records nothing that --set-aside could be about", "give one of them");
  return {};
}

/// What was left to be told of an import that stopped.
Failure stopped(Error error, const Recorder& recorder, bool streams) {
  if (streams && recorder.recorded() > 0)
    error.remedy += fmt::format("{}{} events before it were recorded",
                                error.remedy.empty() ? "" : "; ", recorder.recorded());
  return Failure(std::move(error));
}

Outcome undo(Context& context, const ImportOptions& options) {
  auto today = context.today();
  if (!today) return refuse(today);
  auto log = context.journal();
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
                           .today = *today});
  if (!made) return refuse(made);
  if (auto ok = (*made)->read(**rows, {"position"}); !ok) return refuse(ok);
  auto summary = (*made)->finish();
  if (!summary) return refuse(summary);
  for (const std::string& line : lines_of_undo(*summary, id)) context.out.line(line);
  return {};
}

Outcome guess(Context& context, const ImportOptions& options) {
  auto file = FileContent::of(options.guess);
  if (!file) return std::unexpected(Failure(file.error(), Exit::usage));
  auto mapping = guess_mapping(*file);
  if (!mapping) return refuse(mapping);
  context.out.write(*mapping);
  return {};
}

Outcome run(Context& context, const ImportOptions& options) {
  if (auto ok = check_choices(options); !ok) return ok;
  if (!options.guess.empty()) return guess(context, options);
  if (!options.undo.empty()) return undo(context, options);
  auto today = context.today();
  if (!today) return refuse(today);
  auto latest = context.today_anywhere();
  if (!latest) return refuse(latest);
  auto how_to_read = understanding_of(options);
  if (!how_to_read) return refuse(how_to_read);
  const bool streams = options.files.front() == "-" && !how_to_read->mapping;
  std::vector<ImportFile> files;
  for (const std::string& path : options.files) {  // before the store is touched
    auto file = streams ? open_stream(options) : open(path, options, *how_to_read, *today);
    if (!file) return refuse(file);
    files.push_back(std::move(*file));
  }
  std::optional<OutputFile> rejects;
  if (!options.rejects.empty()) {
    auto opened = OutputFile::open(options.rejects);
    if (!opened) return refuse(opened);
    rejects.emplace(std::move(*opened));
  }
  auto log = context.journal();
  if (!log) return refuse(log);
  ProgressLine progress(context.progress, "rows read:");
  RecorderOptions how{.on_problem = options.check       ? OnProblem::check
                                    : options.set_aside ? OnProblem::set_aside
                                                        : OnProblem::stop,
                      .batch = streams && !options.check && !options.set_aside ? options.batch : 0,
                      .same_positions = options.expect == "same",
                      .forks = options.forks ? Forks::taken : Forks::refused,
                      .latest = *latest,
                      .today = *today,
                      .progress = [&](std::size_t rows) { progress.at(rows); }};
  if (rejects) how.rejects = [&](std::string_view text) { rejects->output().write(text); };
  auto made = Recorder::to(**log, std::move(how));
  if (!made) return refuse(made);
  Recorder& recorder = **made;
  for (ImportFile& file : files) {
    const std::size_t before = recorder.rows();
    const std::string name = file.told.name;
    if (auto ok = recorder.read(*file.rows, std::move(file.told)); !ok)
      return std::unexpected(stopped(ok.error(), recorder, streams));
    if (recorder.rows() == before)
      return refuse(at(
          name, Error{Errc::invalid, "there are no events in it", {}, "write one event a line"}));
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

}  // namespace

void add_import(CommandLine& line, Context& context) {
  Command command =
      line.command("import", "Record events from JSON Lines or JSON arrays of CloudEvents");
  auto options = std::make_shared<ImportOptions>();
  command.arguments("FILE", options->files, "Files, or - for standard input", /*required=*/false);
  command.option("--map", options->map,
                 "What the columns of a table mean (CSV, XLSX, ODS, GeoJSON)", "FILE");
  command.option("--guess", options->guess, "Print a mapping to begin with, for this table",
                 "FILE");
  command.option(
      "--known", options->known,
      "The day on which the table was published, where neither it nor its mapping says so", "DATE");
  command.flag("--check", options->check,
               "Record nothing: tell of all problems, and which statuses would change");
  command.flag("--set-aside", options->set_aside,
               "Leave out the rows that cannot be recorded; otherwise one is enough for nothing to "
               "be recorded");
  command.option("--rejects", options->rejects,
                 "Write the rows that cannot be recorded, as they are, with what is wrong: "
                 "corrected there, they are imported like their file",
                 "FILE");
  command.option("--undo", options->undo,
                 "Retract all that an import recorded: what 'solnoma imports' lists", "ID");
  command.option("--source", options->source, "Source of events that name none", "URI");
  command.option("--dataset", options->dataset,
                 "Name under which the log tells of the import, as dataset/NAME", "NAME",
                 "that of the file");
  command.number("--batch", options->batch,
                 "Events of standard input that are recorded together, or not at all", 1, 100'000,
                 "10000");
  command.choice("--expect", options->expect, {"any", "same"},
                 "Whether each event must keep the position that its file states");
  command.flag(
      "--forks", options->forks,
      "Take what supersedes an event that another supersedes already, as a log of an older "
      "version may hold it; both count then");
  command.footer(
      "All of the files is recorded, or nothing. An event that is recorded already with the same\n"
      "content is passed over: what was interrupted is finished by importing it again. Names that\n"
      "look like slips of known ones are counted, and recorded as they stand. A line may have\n"
      "4 MiB. Standard input is recorded as it comes, batch by batch.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
