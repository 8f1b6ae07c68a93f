#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <orcus/csv_parser.hpp>

#include "tools/import/table/cells.hpp"
#include "tools/import/table/encoding.hpp"

namespace solnoma {
namespace {

/// Where the record that begins at `from` ends: before a line end that stands in no quotes, or at
/// the end of the text. Quotes count only at the beginning of a cell, as orcus has it.
std::size_t end_of_record(std::string_view text, std::size_t from, char separator) {
  bool at_start = true;
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') return i;
    if (c == '"' && at_start) {
      do {
        i = text.find('"', i + 1);
        if (i == std::string_view::npos || i - from > kMostRowBytes) return text.size();
      } while (i + 1 < text.size() && text[i + 1] == '"' && ++i > 0);
    }
    at_start = c == separator || (at_start && c == ' ');
    if (i - from > kMostRowBytes) return i;
  }
  return text.size();
}

/// The one that divides the first records into the most cells, the same in each.
char separator_of(std::string_view text) {
  constexpr std::string_view kSeparators = ",;\t|";
  constexpr int kRecords = 10;
  char best = ',';
  std::size_t most = 0;
  for (const char separator : kSeparators) {
    std::size_t least = SIZE_MAX, from = 0;
    for (int i = 0; i < kRecords && from < text.size(); ++i) {
      const std::size_t end = end_of_record(text, from, separator);
      const auto record = text.substr(from, end - from);
      std::size_t cells = 0;
      bool quoted = false;
      for (const char c : record) {
        quoted ^= c == '"';
        cells += !quoted && c == separator ? 1 : 0;
      }
      if (record.find_first_not_of(" \r") != std::string_view::npos) least = std::min(least, cells);
      from = end + 1;
    }
    if (least != SIZE_MAX && least > most) {
      most = least;
      best = separator;
    }
  }
  return best;
}

struct Collect : orcus::csv_handler {
  std::vector<std::string>* cells;
  void cell(const char* p, std::size_t n, bool /*transient*/) {
    cells->emplace_back(p == nullptr ? std::string_view{} : std::string_view(p, n));
  }
};

class TextCells : public CellReader {
 public:
  TextCells(FileContent content, std::size_t from, std::string encoding, char separator)
      : content_(std::move(content)), next_(from), encoding_(std::move(encoding)) {
    const std::string_view text = content_.bytes().substr(from);
    separator_ = separator != 0 ? separator : separator_of(text);
    config_.delimiters = std::string(1, separator_);
    config_.text_qualifier = '"';
    config_.trim_cell_value = false;
  }

  Result<bool> next(CellRow& row) override {
    const std::string_view text = content_.bytes();
    row.cells.clear();
    row.problem.clear();
    if (next_ >= text.size()) return false;
    const std::size_t end = end_of_record(text, next_, separator_);
    if (end - next_ > kMostRowBytes)
      return at(fmt::format("{}:{}", content_.name(), line_),
                Error{Errc::invalid,
                      fmt::format("the row has more than {} MiB", kMostRowBytes >> 20),
                      {},
                      "look for a quote that is not closed before it"});
    std::string_view record = text.substr(next_, end - next_);
    row.line = line_;
    line_ += static_cast<std::size_t>(std::ranges::count(record, '\n')) + 1;
    next_ = end + 1;
    if (record.ends_with('\r')) record.remove_suffix(1);
    row.original = record;
    Collect collect;
    collect.cells = &row.cells;
    try {
      orcus::csv_parser<Collect>(record.data(), record.size(), collect, config_).parse();
      if (record.ends_with(separator_)) row.cells.emplace_back();
    } catch (const orcus::csv::parse_error&) {
      row.problem = "the quotes of a cell are not closed, or something stands behind them";
    }
    if (row.cells.size() > kMostColumns)
      return at(
          fmt::format("{}:{}", content_.name(), row.line),
          Error{Errc::invalid,
                fmt::format("the row has {} cells, more than {}", row.cells.size(), kMostColumns),
                {},
                "look for another separator, or cut the table"});
    return true;
  }

  CellOptions options() const override {
    return {.encoding = encoding_, .separator = separator_, .sheet = {}};
  }

 private:
  FileContent content_;
  std::size_t next_;
  std::size_t line_ = 1;
  std::string encoding_;
  char separator_;
  orcus::csv::parser_config config_;
};

}  // namespace

Result<std::unique_ptr<CellReader>> open_text_cells(const FileContent& file,
                                                    const CellOptions& options) {
  const Encoding encoding = encoding_of(file.bytes());
  // A byte order mark says more than whoever wrote of the file.
  const bool said = encoding.mark == 0 && !options.encoding.empty();
  const std::string& name = said ? options.encoding : encoding.name;
  if (name == "UTF-8" || name == "utf-8")
    return std::make_unique<TextCells>(file, encoding.mark, "UTF-8", options.separator);
  auto text = to_utf8(file.bytes().substr(encoding.mark), name);
  if (!text) return at(file.name(), text.error());
  return std::make_unique<TextCells>(FileContent::of_text(file.name(), std::move(*text)), 0, name,
 options.separator);
}

}  // namespace solnoma
