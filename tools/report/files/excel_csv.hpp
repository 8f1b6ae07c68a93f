#pragma once

#include <string>
#include <string_view>

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
  void end_cell(char separator);

  Sink sink_;
  std::string cell_;  ///< so far, without its quotes
  std::string out_;
  bool quoted_ = false;   ///< within quotes
  bool closed_ = false;   ///< a quote within quotes: the last one, or the first half of a pair
  bool wrapped_ = false;  ///< the cell had quotes
};

}  // namespace solnoma
