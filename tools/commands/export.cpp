#include <fmt/format.h>

#include <future>
#include <utility>
#include <vector>

#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/files/csv.hpp"

namespace solnoma {
namespace {

struct ExportOptions {
  std::string format = "jsonl";
};

/// Writes events in the order in which they come. Their lines are made by a second thread, while
/// the caller's decodes what follows.
class EventLines {
 public:
  EventLines(Output& out, bool csv) : out_(out), csv_(csv) {}

  void add(StoredEvent event) {
    block_.push_back(std::move(event));
    constexpr std::size_t kBlock = 256;  // events; so long that starting a thread does not count
    if (block_.size() == kBlock) hand_over();
  }
  /// To be called after the last one.
  void finish() {
    hand_over();
    write_lines();
  }

 private:
  void hand_over() {
    write_lines();
    lines_ = std::async(std::launch::async, [csv = csv_, block = std::exchange(block_, {})] {
      std::string lines;
      for (const StoredEvent& stored : block) {
        if (csv) {
          lines += csv_event(stored);
        } else {
          event_to_json(stored, lines);
          lines += '\n';
        }
      }
      return lines;
    });
  }
  void write_lines() {
    if (lines_.valid()) out_.write(lines_.get());
  }

  Output& out_;
  bool csv_;
  std::vector<StoredEvent> block_;
  std::future<std::string> lines_;  // of the block before
};

Outcome run(Context& context, const ExportOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  const bool csv = options.format == "csv";
  if (csv) context.out.write(csv_head());
  EventLines lines(context.out, csv);
  std::optional<Error> error;
  const auto read =
      (*log)->read(Position{1}, Direction::forwards, [&](const RecordedEvent& recorded) {
        auto stored = decode(recorded);
        if (stored)
          lines.add(std::move(*stored));
        else
          error = at(fmt::format("position {}", recorded.position.value), stored.error()).error();
        return !error && !context.out.failed();
      });
  lines.finish();
  if (error) return std::unexpected(Failure(*error));
  if (!read) return refuse(read);
  return {};
}

}  // namespace

void add_export(CommandLine& line, Context& context) {
  Command command = line.command("export", "Print the whole log, the same bytes each time");
  auto options = std::make_shared<ExportOptions>();
  command.choice("--format", options->format, {"jsonl", "csv"}, "CloudEvents, one a line, or CSV");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
