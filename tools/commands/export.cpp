#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <future>
#include <optional>
#include <string>
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

/// Events as a log hands them out, kept beyond the visit.
class Block {
 public:
  void add(const RecordedEvent& recorded) {
    kept_.push_back({recorded, words_.size()});
    std::size_t size = 0;
    for (const auto part : kParts) size += (recorded.*part).size();
    words_.resize(words_.size() + (size + 7) / 8);
    auto* to = reinterpret_cast<char*>(words_.data() + kept_.back().begin);
    for (const auto part : kParts) to = std::ranges::copy(recorded.*part, to).out;
  }
  [[nodiscard]] std::size_t size() const { return kept_.size(); }
  /// Keeps its memory.
  void clear() {
    kept_.clear();
    words_.clear();
  }

  /// The views of the event last until the block ends.
  [[nodiscard]] RecordedEvent at(std::size_t index) const {
    RecordedEvent recorded = kept_[index].event;
    const auto* from = reinterpret_cast<const char*>(words_.data() + kept_[index].begin);
    for (const auto part : kParts) {
      recorded.*part = {from, (recorded.*part).size()};
      from += (recorded.*part).size();
    }
    return recorded;
  }

 private:
  struct Kept {
    RecordedEvent event;  // its views have ended, but for their sizes
    std::size_t begin;    // of its bytes, among the words
  };
  /// The payload begins at a multiple of 8.
  static constexpr std::array kParts{&RecordedEvent::payload, &RecordedEvent::subject,
                                     &RecordedEvent::source, &RecordedEvent::id};

  std::vector<Kept> kept_;
  std::vector<std::uint64_t> words_;
};

/// Writes events in the order in which they come. A second thread makes their lines, while the
/// caller's reads what follows.
class EventLines {
 public:
  EventLines(Output& out, bool csv) : out_(out), csv_(csv) {}

  void add(const RecordedEvent& recorded) {
    constexpr std::size_t kBlock =
        1024;  // events: the start of a thread does not count beside them
    block_.add(recorded);
    if (block_.size() == kBlock) hand_over();
  }
  /// Of the first event that cannot be decoded; nothing is written from there on.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  /// To be called after the last event.
  void finish() {
    hand_over();
    write_lines();
  }

 private:
  void hand_over() {
    write_lines();
    std::swap(block_, handed_over_);
    block_.clear();
    making_ = std::async(std::launch::async, [this] { make_lines(); });
  }
  void write_lines() {
    if (!making_.valid()) return;
    making_.get();
    if (error_) return;
    out_.write(lines_);
    error_ = lines_error_;
  }
  /// In the second thread, which has what it names for itself until it ends.
  void make_lines() {
    lines_.clear();
    for (std::size_t i = 0; i < handed_over_.size() && !lines_error_; ++i) {
      const RecordedEvent recorded = handed_over_.at(i);
      if (const auto stored = decode(recorded))
        add_lines(*stored);
      else
        lines_error_ =
            at(fmt::format("position {}", recorded.position.value), stored.error()).error();
    }
  }
  void add_lines(const StoredEvent& stored) {
    if (csv_) {
      lines_ += csv_event(stored);
    } else {
      event_to_json(stored, lines_);
      lines_ += '\n';
    }
  }

  Output& out_;
  bool csv_;
  Block block_;
  std::optional<Error> error_;

  Block handed_over_;
  std::string lines_;
  std::optional<Error> lines_error_;
  std::future<void> making_;  // the last member: it ends before the others do
};

Outcome run(Context& context, const ExportOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  const bool csv = options.format == "csv";
  if (csv) context.out.write(csv_head());
  EventLines lines(context.out, csv);
  const auto read =
      (*log)->read(Position{1}, Direction::forwards, [&](const RecordedEvent& recorded) {
        lines.add(recorded);
        return !lines.error() && !context.out.failed();
      });
  lines.finish();
  if (lines.error()) return std::unexpected(Failure(*lines.error()));
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
