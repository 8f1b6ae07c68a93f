#include <map>
#include <mutex>
#include <string>

#include "engine/growing_head.hpp"
#include "events/as_recorded.hpp"
#include "events/exchange.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/files/csv.hpp"
#include "tools/shared/event_lines.hpp"

namespace solnoma {
namespace {

struct ExportOptions {
  std::string format = "jsonl";
};

/// The heads that an export states: of what it has read, not of what the store keeps beside that.
/// One thread adds; any asks.
class StatedHeads {
 public:
  explicit StatedHeads(Position last) : last_(last) {}

  void add(const RecordedEvent& recorded) {
    growing_.add(recorded);
    if (!is_stated(recorded.position)) return;
    const std::lock_guard lock(mutex_);
    heads_.emplace(recorded.position, growing_.head());
  }
  /// Of an event that was added; asked once.
  std::optional<TreeHead> take(Position position) {
    if (!is_stated(position)) return {};
    const std::lock_guard lock(mutex_);
    return heads_.extract(position).mapped();
  }

 private:
  /// A line more on so many; by them what was changed in a file is found.
  static constexpr std::uint64_t kEvery = 64;
  [[nodiscard]] bool is_stated(Position position) const {
    return position.value % kEvery == 0 || position == last_;
  }

  Position last_;
  GrowingHead growing_;
  std::mutex mutex_;  // guards what follows
  std::map<Position, TreeHead> heads_;
};

Outcome run(Context& context, const ExportOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  context.page();
  const bool csv = options.format == "csv";
  if (csv) context.out.write(csv_head());
  StatedHeads heads((*log)->head());
  EventLines lines(context.out, [csv, &heads](const StoredEvent& stored, std::string& text) {
    if (csv) {
      text += csv_event(stored);
    } else {
      if (const auto head = heads.take(stored.position))
        event_to_json(stored, *head, text);
      else
        event_to_json(stored, text);
      text += '\n';
    }
  });
  const auto read =
      (*log)->read(Position{1}, Direction::forwards, [&](const RecordedEvent& recorded) {
        if (!csv) heads.add(recorded);
        return lines.add(recorded);
      });
  if (auto ok = lines.finish(); !ok) return refuse(ok);
  if (!read) return refuse(read);
  return {};
}

}  // namespace

void add_export(CommandLine& line, Context& context) {
  Command command = line.command("export", "Print the whole log, the same bytes each time");
  auto options = std::make_shared<ExportOptions>();
  command.choice("--format", options->format, {"jsonl", "csv"}, "CloudEvents, one a line, or CSV");
  command.footer(
      "JSON Lines hold all that the log knows of its events, and its head: 'solnoma import\n"
      "--as-recorded' makes the same log of them again.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
