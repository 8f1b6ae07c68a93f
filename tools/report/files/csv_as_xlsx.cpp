#include "tools/report/files/csv_as_xlsx.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/report/files/csv.hpp"
#include "tools/report/files/csv_cells.hpp"

namespace solnoma {
namespace {

/// What a column of CSV has, by its name; of all others, texts.
constexpr auto kDayColumns =
    std::to_array<std::string_view>({"earliest", "latest", "known", "since"});
constexpr auto kNumberColumns = std::to_array<std::string_view>(
    {"slippage_least", "slippage_most", "moved_least", "moved_most", "value", "upper", "position"});

SheetCell typed_cell(std::string_view column, std::string_view text) {
  if (std::ranges::find(kNumberColumns, column) != kNumberColumns.end())
    return CellNumber{std::string(text)};
  if (std::ranges::find(kDayColumns, column) != kDayColumns.end())
    if (const auto day = day_from_text(text)) return *day;
  // What keeps CSV from being a formula is not needed here.
  if (text.starts_with('\'') && is_formula(text.substr(1))) text.remove_prefix(1);
  return std::string(text);
}

}  // namespace

Result<void> csv_as_xlsx(const std::string& sheet,
                         const std::function<Result<void>(const Sink&)>& write, const Sink& sink) {
  auto book = Workbook::make();
  if (!book) return std::unexpected(book.error());
  std::vector<std::string> columns;  // of the first row
  SheetRow row;
  bool head = true;
  CsvCells cells([&](std::string_view cell, bool, bool last) {
    if (head)
      columns.emplace_back(cell);
    else
      row.push_back(typed_cell(row.size() < columns.size() ? columns[row.size()] : "", cell));
    if (!last) return;
    if (head)
      book->add_sheet(sheet, columns);
    else
      book->add_row(0, row);
    head = false;
    row.clear();
  });
  if (auto ok = write([&](std::string_view csv) { cells.write(csv); }); !ok) return ok;
  return book->finish(sink);
}

}  // namespace solnoma
