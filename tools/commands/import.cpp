#include "events/exchange.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/input.hpp"
#include "tools/shared/importer.hpp"

namespace solnoma {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  std::string source;
  std::string expect = "any";
  std::uint64_t batch = 10'000;
  bool forks = false;
};

Outcome import_array(Input& input, const ImportOptions& options, Importer& importer) {
  auto text = input.rest();
  if (!text) return refuse(text);
  auto events = events_from_json_array(*text, options.source);
  if (!events) return refuse(at(input.place(), events.error()));
  for (std::size_t i = 0; i < events->size(); ++i)
    if (auto ok =
            importer.take(std::move((*events)[i]), InputPlace{&input, input.line_number(), i + 1});
        !ok)
      return ok;
  return {};
}

Outcome import_lines(Input& input, const ImportOptions& options, Importer& importer) {
  std::string line;
  for (;;) {
    auto more = input.line(line);
    if (!more) return refuse(more);
    if (!*more) return {};
    if (line.ends_with('\r')) line.pop_back();
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    auto event = event_from_json(line, options.source);
    if (!event) return refuse(at(input.place(), event.error()));
    if (auto ok = importer.take(std::move(*event), InputPlace{&input, input.line_number()}); !ok)
      return ok;
  }
}

Outcome run(Context& context, const ImportOptions& options) {
  std::vector<Input> inputs;
  for (const std::string& path : options.files) {  // before the store is touched
    auto input = Input::open(path);
    if (!input) return refuse(input);
    inputs.push_back(std::move(*input));
  }
  auto log = context.append_to();
  if (!log) return refuse(log);
  auto latest = context.today_anywhere();
  if (!latest) return refuse(latest);
  auto made = Importer::to(**log,
                           {.same_positions = options.expect == "same",
                            .forks = options.forks ? Forks::taken : Forks::refused,
                            .latest = *latest,
                            .batch = options.batch},
                           context.progress);
  if (!made) return refuse(made);
  Importer& importer = *made;
  for (Input& input : inputs) {
    const std::size_t before = importer.read();
    auto first = input.peek();
    if (!first) return refuse(first);
    auto ok = *first == '[' ? import_array(input, options, importer)
                            : import_lines(input, options, importer);
    if (!ok) return ok;
    if (importer.read() == before)
      return refuse(
          at(input.place(),
             Error{Errc::invalid, "there are no events in it", {}, "write one event a line"}));
  }
  if (auto ok = importer.finish(); !ok) return ok;
  auto told = importer.told();
  if (!told) return refuse(told);
  for (const std::string& line : *told) context.out.line(line);
  return {};
}

}  // namespace

void add_import(CommandLine& line, Context& context) {
  Command command =
      line.command("import", "Record events from JSON Lines or JSON arrays of CloudEvents");
  auto options = std::make_shared<ImportOptions>();
  command.arguments("FILE", options->files, "Files, or - for standard input", /*required=*/true);
  command.option("--source", options->source, "Source of events that name none", "URI");
  command.number("--batch", options->batch, "Events that are recorded together, or not at all", 1,
                 100'000, "10000");
  command.choice("--expect", options->expect, {"any", "same"},
                 "Whether each event must keep the position that its file states");
  command.flag(
      "--forks", options->forks,
      "Take what supersedes an event that another supersedes already, as a log of an older "
      "version may hold it; both count then");
  command.footer(
      "An event that is recorded already with the same content is passed over: an import\n"
      "that was interrupted is finished by running it again. Names that look like slips of\n"
      "known ones are counted, and recorded as they stand. A line may have 4 MiB.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
