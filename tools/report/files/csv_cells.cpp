#include "tools/report/files/csv_cells.hpp"

#include <utility>

namespace solnoma {

CsvCells::CsvCells(Take take) : take_(std::move(take)) {}

void CsvCells::write(std::string_view csv) {
  for (const char c : csv) {
    if (closed_) {
      closed_ = false;
      if (c == '"') {
        cell_ += c;
        continue;
      }
      quoted_ = false;
    }
    if (quoted_) {
      if (c == '"')
        closed_ = true;
      else
        cell_ += c;
    } else if (c == '"') {
      quoted_ = wrapped_ = true;
    } else if (c == ',' || c == '\n') {
      end_cell(c == '\n');
    } else if (c != '\r') {
      cell_ += c;
    }
  }
}

void CsvCells::end_cell(bool last) {
  take_(cell_, wrapped_, last);
  cell_.clear();
  wrapped_ = false;
}

}  // namespace solnoma
