#include <fmt/format.h>

#include "events/exchange.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/input.hpp"
#include "tools/shared/dates_read.hpp"

namespace solnoma {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  std::string source;
  std::string expect = "any";
  std::uint64_t batch = 10'000;
};

/// Collects events from all inputs and records them batch by batch.
class Importer {
 public:
  Importer(Context& context, const ImportOptions& options, Appender& log)
      : options_(options),
        log_(log),
        start_(log.log().head()),
        progress_(context.progress, "events read:") {}

  Outcome take(Exchanged&& exchanged, std::string place) {
    if (options_.expect == "same" && !exchanged.position)
      return refuse(at(std::move(place), Error{Errc::invalid,
                                               "it does not say its position",
                                               {},
                                               "import it without --expect same"}));
    dates_.add(exchanged.event, place);
    events_.push_back(std::move(exchanged.event));
    expected_.push_back(exchanged.position.value_or(Position{0}));
    places_.push_back(std::move(place));
    if (++read_ % 1000 == 0) progress_.at(read_);
    return events_.size() < options_.batch ? Outcome{} : flush();
  }

  Outcome flush() {
    if (events_.empty()) return {};
    auto prepared = PreparedEvents::of(events_);
    if (!prepared) return refuse(located(prepared.error()));
    if (auto ok = check_expected(*prepared); !ok) return ok;
    auto appended = log_.append(prepared->events());
    if (!appended) return refuse(located(appended.error()));
    for (std::size_t i = 0; i < events_.size(); ++i) {
      // Recorded by this very run, and not in this batch: the input has the id twice.
      const bool twice = appended->positions[i] > start_ && appended->positions[i] <= batch_start_;
      if (twice)
        return refuse(at(places_[i],
                         Error{Errc::conflict,
                               fmt::format("the id '{}' stands twice in the input", events_[i].id),
                               {},
                               "give each event an id of its own"}));
    }
    recorded_ += appended->recorded;
    already_ += appended->already;
    batch_start_ = log_.log().head();
    events_.clear();
    expected_.clear();
    places_.clear();
    return {};
  }

  /// Records what is left, and takes the progress line away.
  Outcome finish() {
    auto ok = flush();
    progress_.clear();
    return ok;
  }

  [[nodiscard]] std::size_t read() const { return read_; }
  [[nodiscard]] std::size_t recorded() const { return recorded_; }
  [[nodiscard]] std::size_t already() const { return already_; }
  [[nodiscard]] const DoubtfulDates& dates() const { return dates_; }

 private:
  /// With --expect same: every new event must land where the file says it was.
  Outcome check_expected(const PreparedEvents& prepared) {
    if (options_.expect != "same") return {};
    auto tried = log_.try_append(prepared.events());
    if (!tried) return refuse(located(tried.error()));
    for (std::size_t i = 0; i < events_.size(); ++i)
      if (tried->positions[i] != expected_[i])
        return refuse(
            at(places_[i], Error{Errc::conflict,
                                 fmt::format("the event would stand at position {}, not {}",
                                             tried->positions[i].value, expected_[i].value),
                                 {},
                                 "import into an empty store, or without --expect same"}));
    return {};
  }

  /// The log speaks of "event N" of the batch: the user knows it by file and line.
  std::unexpected<Error> located(Error error) const {
    std::size_t index = 0;
    constexpr std::string_view kEvent = "event ";
    if (!error.where.starts_with(kEvent)) return std::unexpected(std::move(error));
    std::size_t i = kEvent.size();
    for (; i < error.where.size() && error.where[i] >= '0' && error.where[i] <= '9'; ++i)
      index = index * 10 + static_cast<std::size_t>(error.where[i] - '0');
    error.where.erase(0, error.where.substr(i).starts_with(", ") ? i + 2 : i);
    return at(places_[index - 1], std::move(error));
  }

  const ImportOptions& options_;
  Appender& log_;
  Position start_;
  Position batch_start_ = start_;
  std::vector<Event> events_;
  std::vector<Position> expected_;
  std::vector<std::string> places_;
  std::size_t read_ = 0;
  std::size_t recorded_ = 0;
  std::size_t already_ = 0;
  DoubtfulDates dates_;
  ProgressLine progress_;
};

Outcome import_array(Input& input, const ImportOptions& options, Importer& importer) {
  auto text = input.rest();
  if (!text) return refuse(text);
  auto events = events_from_json_array(*text, options.source);
  if (!events) return refuse(at(input.place(), events.error()));
  for (std::size_t i = 0; i < events->size(); ++i)
    if (auto ok = importer.take(std::move((*events)[i]),
                                fmt::format("{}, event {}", input.place(), i + 1));
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
    if (auto ok = importer.take(std::move(*event), input.place()); !ok) return ok;
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
  Importer importer(context, options, **log);
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
  context.out.line(
      fmt::format("{} new, {} recorded already", importer.recorded(), importer.already()));
  if (const std::string doubtful = importer.dates().line(); !doubtful.empty())
    context.out.line(doubtful);
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
  command.footer(
      "An event that is recorded already with the same content is passed over: an import\n"
      "that was interrupted is finished by running it again. A line may have 4 MiB.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
