#include "tools/import/table/sheet.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "tools/import/table/cells.hpp"

namespace solnoma {

Result<void> Sheet::put(std::size_t line, std::size_t column, std::string text) {
  if (text.empty()) return {};
  const bool is_new = rows_.empty() || rows_.back().line != line;
  const std::size_t before = is_new ? 0 : rows_.back().cells.size();
  const std::size_t more = column < before ? 0 : column + 1 - before;
  if (column >= kMostColumns || text.size() > kMostCellBytes || more > room_->cells ||
      text.size() > room_->bytes)
    return fail(Errc::invalid,
                fmt::format("sheet '{}' is too large at row {}: more than {} columns, {} MiB in a "
                            "cell, or {} cells or 1 GiB in all",
                            name_, line, kMostColumns, kMostCellBytes >> 20, SheetRoom().cells),
                "save the part that is meant as CSV");
  room_->cells -= more;
  room_->bytes -= text.size();
  if (is_new) rows_.push_back({line, {}});
  std::vector<std::string>& cells = rows_.back().cells;
  if (cells.size() <= column) cells.resize(column + 1);
  cells[column] = std::move(text);
  ++filled_;
  return {};
}

std::string number_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15)
    return fmt::format("{}", static_cast<std::int64_t>(value));
  std::string text = fmt::format("{:.15g}", value);
  return text.find('e') == std::string::npos ? text : fmt::format("{:.15f}", value);
}

std::string percent_text(double value) {
  return number_text(value * 100) + "%";
}

double number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? value : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace solnoma
