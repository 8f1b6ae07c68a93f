#include "tools/import/cloudevents/cloudevents_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tools/import/read_ahead.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

/// Some editors begin with a byte order mark.
std::string_view without_mark(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  return bytes.substr(bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
}

bool is_passed_over(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kBlank);
  return first == std::string_view::npos || line[first] == '#';
}

std::string_view without_return(std::string_view line) {
  return line.substr(0, line.size() - (line.ends_with('\r') ? 1 : 0));
}

/// Counts what events have that is not kept.
void count_unknown(const Exchanged& exchanged, ReadNotes& notes) {
  for (const std::string& name : exchanged.unknown) ++notes.left_out["attribute '" + name + "'"];
}

/// Makes rows of lines.
class LineParser {
 public:
  explicit LineParser(const ReadOptions& options)
      : reader_(options.source), originals_(options.originals) {}

  void parse(std::string_view line, std::size_t number, ImportRow& row) {
    row.line = number;
    row.entry = 0;
    row.events.clear();
    row.problems.clear();
    if (originals_) row.original = line;
    if (auto event = reader_.read(line))
      row.events.push_back(std::move(*event));
    else
      row.problems.push_back(problem_of(event.error()));
  }

 private:
  ExchangeReader reader_;
  bool originals_;
};

/// Lines that come one by one.
class StreamReader : public RowReader {
 public:
  StreamReader(LineSource lines, const ReadOptions& options)
      : lines_(std::move(lines)), parser_(options) {}

  Result<bool> next(ImportRow& row) override {
    do {
      auto more = lines_(line_);
      row.line = ++number_;
      if (!more) return std::unexpected(more.error());
      if (!*more) return false;
    } while (is_passed_over(line_));
    parser_.parse(without_return(line_), number_, row);
    for (const Exchanged& each : row.events) count_unknown(each, notes_);
    return true;
  }
  ReadNotes notes() const override { return notes_; }

 private:
  LineSource lines_;
  LineParser parser_;
  std::string line_;
  std::size_t number_ = 0;
  ReadNotes notes_;
};

/// The lines of a file. The next block of them is read by another thread while one is taken in.
class FileReader : public RowReader {
 public:
  FileReader(FileContent file, const ReadOptions& options)
      : file_(std::move(file)),
        rest_(without_mark(file_.bytes())),
        pass_(file_),
        parser_(options),
        ahead_([this] { return read_block(); }) {}

  Result<bool> next(ImportRow& row) override {
    while (taken_ == block_.rows.size()) {
      if (block_.error) {
        row.line = block_.error_line;
        return std::unexpected(*block_.error);
      }
      auto next = ahead_.next();
      if (!next) return false;
      block_ = std::move(*next);
      taken_ = 0;
    }
    std::swap(row, block_.rows[taken_++]);
    for (const Exchanged& each : row.events) count_unknown(each, notes_);
    return true;
  }
  ReadNotes notes() const override { return notes_; }

 private:
  struct Block {
    std::vector<ImportRow> rows;
    std::optional<Error> error;  // after the rows
    std::size_t error_line = 0;
  };
  static constexpr std::size_t kBlockBytes = 128 << 10;

  /// Only one thread at a time is in here.
  std::optional<Block> read_block() {
    if (rest_.empty()) return std::nullopt;
    Block block;
    for (std::size_t bytes = 0; !rest_.empty() && bytes < kBlockBytes;) {
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      const std::string_view line = rest_.substr(0, end);
      ++number_;
      if (end > kMaxLine) {
        block.error = Error{Errc::invalid,
                            fmt::format("the line is longer than {} MiB", kMaxLine >> 20),
                            {},
                            "write one event a line"};
        block.error_line = number_;
        return block;
      }
      if (!is_passed_over(line))
        parser_.parse(without_return(line), number_, block.rows.emplace_back());
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      bytes += end + 1;
    }
    pass_.at(rest_.data());
    return block;
  }

  FileContent file_;
  std::string_view rest_;
  PassOver pass_;
  std::size_t number_ = 0;
  LineParser parser_;
  Block block_;
  std::size_t taken_ = 0;
  ReadNotes notes_;
  ReadAhead<Block> ahead_;  // the last: its thread uses the others
};

/// Events of a JSON array, or one alone that takes many lines.
class EventsReader : public RowReader {
 public:
  EventsReader(std::vector<Exchanged> events, std::size_t line, bool is_array)
      : events_(std::move(events)), line_(line), is_array_(is_array) {}

  Result<bool> next(ImportRow& row) override {
    row.events.clear();
    row.problems.clear();
    if (next_ == events_.size()) return false;
    row.line = line_;
    row.entry = is_array_ ? next_ + 1 : 0;
    Exchanged& exchanged = events_[next_++];
    count_unknown(exchanged, notes_);
    row.original = event_to_json(exchanged.event);
    row.events.push_back(std::move(exchanged));
    return true;
  }
  ReadNotes notes() const override { return notes_; }

 private:
  std::vector<Exchanged> events_;
  std::size_t line_;
  bool is_array_;
  std::size_t next_ = 0;
  ReadNotes notes_;
};

/// Whether a text is one event that takes many lines, and not one a line.
bool is_pretty(std::string_view text) {
  const std::size_t end = text.find('\n');
  return text.starts_with('{') && end != std::string_view::npos &&
         text.substr(0, end).find_first_not_of("{ \t\r") == std::string_view::npos;
}

}  // namespace

Result<std::unique_ptr<RowReader>> open_cloudevents(const FileContent& file,
                                                    const ReadOptions& options) {
  const std::string_view bytes = without_mark(file.bytes());
  const std::size_t first = std::min(bytes.find_first_not_of(kBlank), bytes.size());
  const std::string_view text = bytes.substr(first);
  const bool is_array = text.starts_with('[');
  if (!is_array && !is_pretty(text)) return std::make_unique<FileReader>(file, options);
  if (text.size() > kMaxArray)
    return at(file.name(), Error{Errc::invalid,
                                 fmt::format("the array is larger than {} MiB", kMaxArray >> 20),
                                 {},
                                 "write it as JSON Lines, one event a line"});
  ExchangeReader reader(options.source);
  std::vector<Exchanged> events;
  if (is_array) {
    auto read = reader.read_array(text);
    if (!read) return at(file.name(), read.error());
    events = std::move(*read);
  } else {
    auto read = reader.read(text);
    if (!read) return at(file.name(), read.error());
    events.push_back(std::move(*read));
  }
  const auto line = std::ranges::count(bytes.substr(0, first), '\n') + 1;
  return std::make_unique<EventsReader>(std::move(events), static_cast<std::size_t>(line),
                                        is_array);
}

std::unique_ptr<RowReader> open_cloudevents(LineSource lines, const ReadOptions& options) {
  return std::make_unique<StreamReader>(std::move(lines), options);
}

}  // namespace solnoma
