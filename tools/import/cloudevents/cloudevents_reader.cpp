#include "tools/import/cloudevents/cloudevents_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace solnoma {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

class LineReader : public RowReader {
 public:
  LineReader(LineSource lines, ReadOptions options)
      : lines_(std::move(lines)), options_(std::move(options)) {}

  Result<bool> next(ImportRow& row) override {
    row.events.clear();
    row.problems.clear();
    row.entry = 0;
    do {
      auto more = lines_(row.original);
      row.line = ++line_;
      if (!more) return std::unexpected(more.error());
      if (!*more) return false;
      if (row.original.ends_with('\r')) row.original.pop_back();
    } while (is_passed_over(row.original));
    auto event = event_from_json(row.original, options_.source);
    if (event)
      row.events.push_back(std::move(*event));
    else
      row.problems.push_back(problem_of(event.error()));
    return true;
  }

 private:
  static bool is_passed_over(std::string_view line) {
    const std::size_t first = line.find_first_not_of(kBlank);
    return first == std::string_view::npos || line[first] == '#';
  }

  LineSource lines_;
  ReadOptions options_;
  std::size_t line_ = 0;
};

class ArrayReader : public RowReader {
 public:
  ArrayReader(std::vector<Exchanged> events, std::size_t line)
      : events_(std::move(events)), line_(line) {}

  Result<bool> next(ImportRow& row) override {
    row.events.clear();
    row.problems.clear();
    if (next_ == events_.size()) return false;
    row.line = line_;
    row.entry = next_ + 1;
    const Exchanged& exchanged = events_[next_++];
    row.original = event_to_json(exchanged.event);
    row.events.push_back(exchanged);
    return true;
  }

 private:
  std::vector<Exchanged> events_;
  std::size_t line_;
  std::size_t next_ = 0;
};

/// Some editors begin with a byte order mark.
std::size_t start_of(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  return bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

LineSource lines_of(const FileContent& file) {
  return [file, next = start_of(file.bytes())](std::string& line) mutable -> Result<bool> {
    const std::string_view bytes = file.bytes();
    if (next >= bytes.size()) return false;
    const std::size_t end = std::min(bytes.find('\n', next), bytes.size());
    if (end - next > kMaxLine)
      return fail(Errc::invalid, fmt::format("the line is longer than {} MiB", kMaxLine >> 20),
                  "write one event a line");
    line.assign(bytes.substr(next, end - next));
    next = end + 1;
    return true;
  };
}

}  // namespace

Result<std::unique_ptr<RowReader>> open_cloudevents(const FileContent& file,
                                                    const ReadOptions& options) {
  const std::string_view bytes = file.bytes().substr(start_of(file.bytes()));
  const std::size_t first = bytes.find_first_not_of(kBlank);
  if (first == std::string_view::npos || bytes[first] != '[')
    return open_cloudevents(lines_of(file), options);
  if (bytes.size() > kMaxArray)
    return at(file.name(), Error{Errc::invalid,
                                 fmt::format("the array is larger than {} MiB", kMaxArray >> 20),
                                 {},
                                 "write it as JSON Lines, one event a line"});
  auto events = events_from_json_array(bytes, options.source);
  if (!events) return at(file.name(), events.error());
  const auto line = std::ranges::count(bytes.substr(0, first), '\n') + 1;
  return std::make_unique<ArrayReader>(std::move(*events), static_cast<std::size_t>(line));
}

std::unique_ptr<RowReader> open_cloudevents(LineSource lines, const ReadOptions& options) {
  return std::make_unique<LineReader>(std::move(lines), options);
}

}  // namespace solnoma
