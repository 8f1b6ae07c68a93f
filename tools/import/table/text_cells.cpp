#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/import/table/cells.hpp"
#include "tools/import/table/encoding.hpp"

namespace solnoma {
namespace {

/// Divides the record that begins at `from` into cells, as RFC 4180 has it, with any line end. A
/// quote counts at the beginning of a cell; blanks behind a closing one are passed over. `end` is
/// behind the line end, or where the record became too large.
struct Record {
  std::vector<std::string> cells;
  std::size_t lines = 1, end = 0;
  bool broken = false;  ///< quotes are not closed, or something stands behind them

  void read(std::string_view text, std::size_t from, char separator) {
    cells.clear();
    lines = 1;
    broken = false;
    text = text.substr(0, std::min(text.size(), from + kMostRowBytes + 1));
    const char stops[] = {separator, '\n', '\r', 0};
    for (std::size_t i = from;; ++i) {
      std::string& cell = cells.emplace_back();
      if (i < text.size() && text[i] == '"') i = quoted(text, i, cell);
      const std::size_t stop = std::min(text.find_first_of(stops, i), text.size());
      const std::string_view rest = text.substr(std::min(i, stop), stop - std::min(i, stop));
      if (i == from || text[i - 1] == separator)
        cell = rest;
      else
        broken |= rest.find_first_not_of(' ') != std::string_view::npos;
      i = stop;
      if (i < text.size() && text[i] == separator) continue;
      end = i + (text.substr(i, 2) == "\r\n" ? 2 : i < text.size() ? 1 : 0);
      return;
    }
  }

 private:
  /// Behind the closing quote.
  std::size_t quoted(std::string_view text, std::size_t open, std::string& cell) {
    for (std::size_t i = open + 1;;) {
      const std::size_t quote = text.find('"', i);
      const std::string_view piece = text.substr(i, quote - i);
      cell += piece;
      for (std::size_t at = 0; at < piece.size(); ++at)
        lines += piece[at] == '\n' || (piece[at] == '\r' && piece.substr(at, 2) != "\r\n") ? 1 : 0;
      if (quote == std::string_view::npos) {
        broken = true;
        return text.size();
      }
      if (quote + 1 >= text.size() || text[quote + 1] != '"') return quote + 1;
      cell += '"';
      i = quote + 2;
    }
  }
};

/// The one that divides the first records into the most cells, the same in each.
char separator_of(std::string_view text) {
  constexpr std::string_view kSeparators = ",;\t|";
  constexpr int kRecords = 10;
  char best = ',';
  std::size_t most = 1;
  for (const char separator : kSeparators) {
    std::size_t least = SIZE_MAX, from = 0;
    Record record;
    for (int i = 0; i < kRecords && from < text.size(); ++i) {
      record.read(text, from, separator);
      from = record.end;
      if (record.broken) least = 0;
      if (record.cells.size() > 1 || !record.cells.front().empty())
        least = std::min(least, record.cells.size());
    }
    if (least != SIZE_MAX && least > most) {
      most = least;
      best = separator;
    }
  }
  return best;
}

class TextCells : public CellReader {
 public:
  TextCells(FileContent content, std::size_t from, std::string encoding, char separator)
      : content_(std::move(content)), pass_(content_), next_(from), encoding_(std::move(encoding)) {
    const std::string_view text = content_.bytes().substr(from);
    separator_ = separator != 0 ? separator : separator_of(text);
  }

  Result<bool> next(CellRow& row) override {
    const std::string_view text = content_.bytes();
    row.problem.clear();
    row.cells.clear();
    if (next_ >= text.size()) return false;
    record_.read(text, next_, separator_);
    if (record_.end - next_ > kMostRowBytes)
      return at(fmt::format("{}:{}", content_.name(), line_),
                Error{Errc::invalid,
                      fmt::format("the row has more than {} MiB", kMostRowBytes >> 20),
                      {},
                      "look for a quote that is not closed before it"});
    row.line = line_;
    row.cells.swap(record_.cells);
    row.original.clear();
    if (record_.broken) {
      row.problem = "the quotes of a cell are not closed, or something stands behind them";
      row.original = text.substr(next_, record_.end - next_);
      while (row.original.ends_with('\n') || row.original.ends_with('\r')) row.original.pop_back();
    }
    line_ += record_.lines;
    next_ = record_.end;
    pass_.at(text.data() + next_);
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
  PassOver pass_;
  std::size_t next_;
  std::size_t line_ = 1;
  std::string encoding_;
  char separator_;
  Record record_;
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
  auto text = FileContent::made(file.name(), [&](const FileContent::Take& take) {
    return to_utf8(file.bytes().substr(encoding.mark), name, take);
  });
  if (!text) return at(file.name(), text.error());
  return std::make_unique<TextCells>(std::move(*text), 0, name, options.separator);
}

}  // namespace solnoma
