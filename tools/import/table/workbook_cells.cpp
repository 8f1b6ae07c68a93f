#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <orcus/format_detection.hpp>
#include <orcus/orcus_ods.hpp>
#include <orcus/orcus_xlsx.hpp>
#include <orcus/spreadsheet/import_interface.hpp>
#include <stdexcept>

#include "tools/import/table/cells.hpp"
#include "tools/import/table/zip_size.hpp"

namespace solnoma {
namespace {

namespace iface = orcus::spreadsheet::iface;
using orcus::spreadsheet::col_t;
using orcus::spreadsheet::row_t;
using orcus::spreadsheet::sheet_t;

/// Beyond what any sheet has that people keep.
constexpr std::size_t kMostCells = 50'000'000;
constexpr std::uint64_t kMostUnpacked = std::uint64_t{1} << 30;

/// What orcus throws through itself where a sheet is too large.
struct TooLarge {};

/// The texts of a workbook, each once.
class Texts : public iface::import_shared_strings {
 public:
  std::size_t append(std::string_view s) override {
    all_.emplace_back(s);
    return all_.size() - 1;
  }
  std::size_t add(std::string_view s) override { return append(s); }
  void set_segment_font(std::size_t) override {}
  void set_segment_bold(bool) override {}
  void set_segment_italic(bool) override {}
  void set_segment_font_name(std::string_view) override {}
  void set_segment_font_size(double) override {}
  void set_segment_font_color(orcus::spreadsheet::color_elem_t, orcus::spreadsheet::color_elem_t,
                              orcus::spreadsheet::color_elem_t,
                              orcus::spreadsheet::color_elem_t) override {}
  void append_segment(std::string_view s) override { segments_ += s; }
  std::size_t commit_segments() override { return append(std::exchange(segments_, {})); }

  [[nodiscard]] const std::string& at(std::size_t id) const { return all_.at(id); }

 private:
  std::vector<std::string> all_;
  std::string segments_;
};

/// "2018", "13.5": as it would be typed. Sheets keep all numbers as binary floating point, of which
/// 15 digits are told.
std::string number_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15)
    return fmt::format("{}", static_cast<std::int64_t>(value));
  std::string text = fmt::format("{:.15g}", value);
  return text.find('e') == std::string::npos ? text : fmt::format("{:.15f}", value);
}

class Sheet : public iface::import_sheet, private iface::import_formula {
 public:
  Sheet(std::string name, const Texts& texts, std::size_t& cells)
      : name_(std::move(name)), texts_(texts), cells_(cells) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::vector<std::vector<std::string>>& rows() { return rows_; }

  void set_auto(row_t row, col_t col, std::string_view s) override {
    put(row, col, std::string(s));
  }
  void set_string(row_t row, col_t col, orcus::spreadsheet::string_id_t id) override {
    put(row, col, texts_.at(id));
  }
  void set_value(row_t row, col_t col, double value) override { put(row, col, number_text(value)); }
  void set_bool(row_t row, col_t col, bool value) override {
    put(row, col, value ? "TRUE" : "FALSE");
  }
  void set_date_time(row_t row, col_t col, int year, int month, int day, int hour, int minute,
                     double second) override {
    std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    if (hour != 0 || minute != 0 || second > 0)
      text += fmt::format(" {:02}:{:02}:{:02}", hour, minute, static_cast<int>(second));
    put(row, col, std::move(text));
  }
  void set_format(row_t, col_t, std::size_t) override {}
  void set_format(row_t, col_t, row_t, col_t, std::size_t) override {}
  void fill_down_cells(row_t row, col_t col, row_t range) override {
    const std::string text = at(row, col);
    if (!text.empty())
      for (row_t i = 1; i <= range; ++i) put(row + i, col, text);
  }
  orcus::spreadsheet::range_size_t get_sheet_size() const override { return {1 << 20, 1 << 14}; }

  iface::import_formula* get_formula() override { return this; }

 private:
  // Of a formula, what it came to when the workbook was saved.
  void set_position(row_t row, col_t col) override {
    formula_row_ = row;
    formula_col_ = col;
  }
  void set_formula(orcus::spreadsheet::formula_grammar_t, std::string_view) override {}
  void set_shared_formula_index(std::size_t) override {}
  void set_result_string(std::string_view s) override { set_auto(formula_row_, formula_col_, s); }
  void set_result_value(double value) override { set_value(formula_row_, formula_col_, value); }
  void set_result_bool(bool value) override { set_bool(formula_row_, formula_col_, value); }
  void set_result_empty() override {}
  void commit() override {}

  void put(row_t row, col_t col, std::string text) {
    if (text.empty() || row < 0 || col < 0) return;
    const auto r = static_cast<std::size_t>(row), c = static_cast<std::size_t>(col);
    if (c >= kMostColumns || text.size() > kMostCellBytes || ++cells_ > kMostCells)
      throw TooLarge{};
    if (rows_.size() <= r) rows_.resize(r + 1);
    if (rows_[r].size() <= c) rows_[r].resize(c + 1);
    rows_[r][c] = std::move(text);
  }
  [[nodiscard]] std::string at(row_t row, col_t col) const {
    const auto r = static_cast<std::size_t>(row), c = static_cast<std::size_t>(col);
    return r < rows_.size() && c < rows_[r].size() ? rows_[r][c] : std::string();
  }

  std::string name_;
  const Texts& texts_;
  std::size_t& cells_;
  std::vector<std::vector<std::string>> rows_;
  row_t formula_row_ = 0;
  col_t formula_col_ = 0;
};

/// "B12", as sheets name cells.
class Addresses : public iface::import_reference_resolver {
 public:
  orcus::spreadsheet::src_address_t resolve_address(std::string_view text) override {
    col_t column = 0;
    row_t row = 0;
    for (const char c : text) {
      if (c >= 'A' && c <= 'Z' && column < kLimit)
        column = column * 26 + (c - 'A' + 1);
      else if (c >= '0' && c <= '9' && row < kLimit)
        row = row * 10 + (c - '0');
      else if (c != '$')
        throw std::invalid_argument("an address that is none");
    }
    if (column == 0 || row == 0) throw std::invalid_argument("an address that is none");
    return {0, row - 1, column - 1};
  }
  orcus::spreadsheet::src_range_t resolve_range(std::string_view text) override {
    const std::size_t colon = text.find(':');
    return {resolve_address(text.substr(0, colon)),
            resolve_address(colon == std::string_view::npos ? text : text.substr(colon + 1))};
  }

 private:
  static constexpr std::int32_t kLimit = 10'000'000;
};

class Workbook : public iface::import_factory {
 public:
  iface::import_reference_resolver* get_reference_resolver(
      orcus::spreadsheet::formula_ref_context_t) override {
    return &addresses_;
  }
  iface::import_shared_strings* get_shared_strings() override { return &texts_; }
  iface::import_sheet* append_sheet(sheet_t, std::string_view name) override {
    sheets_.push_back(std::make_unique<Sheet>(std::string(name), texts_, cells_));
    return sheets_.back().get();
  }
  iface::import_sheet* get_sheet(std::string_view name) override {
    for (const auto& sheet : sheets_)
      if (sheet->name() == name) return sheet.get();
    return nullptr;
  }
  iface::import_sheet* get_sheet(sheet_t index) override {
    const auto i = static_cast<std::size_t>(index);
    return i < sheets_.size() ? sheets_[i].get() : nullptr;
  }
  void finalize() override {}

  [[nodiscard]] std::vector<std::unique_ptr<Sheet>>& sheets() { return sheets_; }

 private:
  Texts texts_;
  Addresses addresses_;
  std::size_t cells_ = 0;
  std::vector<std::unique_ptr<Sheet>> sheets_;
};

class SheetCells : public CellReader {
 public:
  explicit SheetCells(std::vector<std::vector<std::string>> rows) : rows_(std::move(rows)) {}
  Result<bool> next(CellRow& row) override {
    row.problem.clear();
    row.original.clear();
    while (next_ < rows_.size() && rows_[next_].empty()) ++next_;
    if (next_ == rows_.size()) return false;
    row.cells = std::move(rows_[next_]);
    row.line = ++next_;
    return true;
  }

 private:
  std::vector<std::vector<std::string>> rows_;
  std::size_t next_ = 0;
};

Result<void> read(std::string_view bytes, Workbook& workbook) {
  const auto broken = [](std::string_view why) {
    return fail(Errc::invalid,
                fmt::format("the workbook is broken{}{}", why.empty() ? "" : ": ", why),
                "save it again from the program it is of");
  };
  try {
    switch (orcus::detect(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size())) {
      case orcus::format_t::xlsx:
        orcus::orcus_xlsx(&workbook).read_stream(bytes);
        return {};
      case orcus::format_t::ods:
        orcus::orcus_ods(&workbook).read_stream(bytes);
        return {};
      default:
        return fail(Errc::invalid, "it is an archive, not a workbook", "unpack it first");
    }
  } catch (const TooLarge&) {
    return fail(
        Errc::invalid,
        fmt::format("a sheet has more than {} columns or {} cells, or a cell more than {} MiB",
                    kMostColumns, kMostCells, kMostCellBytes >> 20),
        "save the part that is meant as CSV");
  } catch (const std::exception& e) {
    return broken(e.what());
  }
}

}  // namespace

Result<std::unique_ptr<CellReader>> open_workbook_cells(const FileContent& file,
                                                        const CellOptions& options) {
  auto size = unpacked_size(file.bytes());
  if (!size) return at(file.name(), size.error());
  if (*size > kMostUnpacked)
    return at(file.name(), Error{Errc::invalid,
                                 fmt::format("the workbook unpacks to {} MiB, more than {}",
                                             *size >> 20, kMostUnpacked >> 20),
                                 {},
                                 "save the sheet that is meant as CSV"});
  Workbook workbook;
  if (auto ok = read(file.bytes(), workbook); !ok) return at(file.name(), ok.error());
  std::string names;
  for (const auto& sheet : workbook.sheets()) {
    const bool is_meant =
        options.sheet.empty() ? sheet->rows().size() > 1 : sheet->name() == options.sheet;
    if (is_meant) return std::make_unique<SheetCells>(std::move(sheet->rows()));
    names += (names.empty() ? "" : ", ") + sheet->name();
  }
  return at(file.name(),
            options.sheet.empty()
                ? Error{Errc::invalid, "no sheet of the workbook has rows", {}, "look into it"}
                : Error{Errc::invalid,
                        fmt::format("the workbook has no sheet '{}'", options.sheet),
                        {},
                        fmt::format("it has {}", names)});
}

}  // namespace solnoma
