#pragma once

#include <string>
#include <string_view>

#include "tools/report/files/csv_cells.hpp"
#include "tools/report/sink.hpp"

namespace solnoma {

/// CSV as Excel opens it by a double click where a comma is a decimal comma (in Russia, Uzbekistan
/// and most of Europe): marked as UTF-8, with semicolons between cells, and decimals with a comma.
/// Takes CSV as csv_row() writes it, in pieces of any size; ends with a whole row.
class ExcelCsv {
 public:
  explicit ExcelCsv(Sink sink);
  void write(std::string_view csv);

 private:
  void take(std::string_view cell, bool quoted, bool last);

  Sink sink_;
  CsvCells cells_;
  std::string out_;
};

}  // namespace solnoma
