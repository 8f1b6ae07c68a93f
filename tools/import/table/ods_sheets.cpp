#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "tools/import/table/sheet.hpp"
#include "tools/import/table/xml_reader.hpp"

namespace solnoma {
namespace {

/// How often something stands there, by an attribute.
std::size_t times(std::string_view digits) {
  std::size_t count = 1;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return std::max<std::size_t>(count, 1);
}

class ContentPart : public XmlHandler {
 public:
  ContentPart(std::vector<Sheet>& sheets, const std::string& only, SheetRoom& room)
      : sheets_(sheets), only_(only), room_(room) {}

  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (skipped_ > 0 || is_beside(name)) {
      ++skipped_;
      return;
    }
    if (name == "table") {
      if (tables_++ > 0) return;  // one within a cell
      sheets_.emplace_back(std::string(attributes.find("name")), /*hidden=*/false, room_);
      line_ = 0;
    }
    if (tables_ != 1 || (!only_.empty() && sheets_.back().name() != only_)) return;
    if (name == "table-row") {
      rows_ = times(attributes.find("number-rows-repeated"));
      cells_.clear();
      column_ = 0;
    } else if (name == "table-cell" || name == "covered-table-cell") {
      begin_cell(name == "table-cell", attributes);
    } else if (in_cell_) {
      begin_text(name, attributes);
    }
  }

  void end(std::string_view name) override {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (name == "table" && tables_ > 0) --tables_;
    if (tables_ != 1) return;
    if (name == "p" && paragraphs_ > 0) --paragraphs_;
    if (in_cell_ && (name == "table-cell" || name == "covered-table-cell")) end_cell();
    if (name == "table-row") end_row();
  }

  void text(std::string_view text) override {
    if (skipped_ == 0 && in_cell_ && paragraphs_ > 0) text_ += text;
  }

 private:
  struct Cell {
    std::size_t column, count;
    std::string text;
  };

  /// What stands in a cell beside what it says.
  static bool is_beside(std::string_view name) {
    constexpr std::array<std::string_view, 5> kBeside = {"annotation", "shapes", "frame",
                                                         "custom-shape", "tracked-changes"};
    return std::ranges::find(kBeside, name) != kBeside.end();
  }

  void begin_cell(bool is_seen, const XmlAttributes& attributes) {
    in_cell_ = true;
    text_.clear();
    said_.clear();
    paragraphs_ = 0;
    count_ = times(attributes.find("number-columns-repeated"));
    const std::string_view type = attributes.find("value-type");
    const double value = number_of(attributes.find("value"));
    if (!is_seen) return;
    if (type == "date") {
      said_ = attributes.find("date-value");
      constexpr std::string_view kMidnight = "T00:00:00";
      if (const std::size_t time = said_.find(kMidnight); time != std::string::npos)
        said_.erase(time);
      std::ranges::replace(said_, 'T', ' ');
    } else if (type == "boolean") {
      said_ = attributes.find("boolean-value") == "true" ? "TRUE" : "FALSE";
    } else if (type == "percentage" && std::isfinite(value)) {
      said_ = percent_text(value);
    } else if ((type == "float" || type == "currency") && std::isfinite(value)) {
      said_ = number_text(value);
    } else if (type == "string") {
      said_ = attributes.find("string-value");
    }
  }

  void begin_text(std::string_view name, const XmlAttributes& attributes) {
    if (name == "p") {
      if (!text_.empty()) text_ += '\n';
      ++paragraphs_;
    } else if (name == "s") {
      constexpr std::size_t kMost = 1000;
      text_.append(std::min(times(attributes.find("c")), kMost), ' ');
    } else if (name == "tab") {
      text_ += '\t';
    } else if (name == "line-break") {
      text_ += '\n';
    }
  }

  void end_cell() {
    in_cell_ = false;
    std::string text = said_.empty() ? std::move(text_) : std::move(said_);
    if (!text.empty()) cells_.push_back({column_, count_, std::move(text)});
    column_ += count_;
  }

  void end_row() {
    // Rows that are all alike stand once; of empty ones there are often a million.
    for (std::size_t row = 0; row < rows_ && !cells_.empty(); ++row)
      for (const Cell& cell : cells_)
        for (std::size_t i = 0; i < cell.count; ++i)
          if (auto ok = sheets_.back().put(line_ + row + 1, cell.column + i, cell.text); !ok)
            return stop(ok.error());
    line_ += rows_;
  }

  std::vector<Sheet>& sheets_;
  const std::string& only_;
  SheetRoom& room_;
  int tables_ = 0, skipped_ = 0, paragraphs_ = 0;
  std::size_t line_ = 0, rows_ = 1, column_ = 0, count_ = 1;
  bool in_cell_ = false;
  std::string text_, said_;
  std::vector<Cell> cells_;
};

}  // namespace

Result<std::vector<Sheet>> read_ods(const ZipArchive& archive, const std::string& only,
                                    SheetRoom& room) {
  std::vector<Sheet> sheets;
  ContentPart handler(sheets, only, room);
  XmlReader reader(handler);
  auto read =
      archive.unpack("content.xml", [&](std::string_view piece) { return reader.read(piece); });
  if (read) read = reader.finish();
  if (!read) return std::unexpected(read.error());
  return sheets;
}

}  // namespace solnoma
