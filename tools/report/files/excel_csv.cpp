#include "tools/report/files/excel_csv.hpp"

#include <utility>

#include "events/text/decimal.hpp"

namespace solnoma {

ExcelCsv::ExcelCsv(Sink sink) : sink_(std::move(sink)) {
  sink_("\xEF\xBB\xBF");
}

void ExcelCsv::write(std::string_view csv) {
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
    } else if (c == ',') {
      end_cell(';');
    } else if (c == '\n') {
      end_cell(c);
    } else if (c != '\r') {
      cell_ += c;
    }
  }
  sink_(out_);
  out_.clear();
}

void ExcelCsv::end_cell(char separator) {
  if (!wrapped_ && is_any_decimal(cell_))
    if (const auto point = cell_.find('.'); point != cell_.npos) cell_[point] = ',';
  if (wrapped_ || cell_.contains(';')) {
    out_ += '"';
    for (const char c : cell_) out_.append(c == '"' ? 2 : 1, c);
    out_ += '"';
  } else {
    out_ += cell_;
  }
  if (separator == '\n') out_ += '\r';
  out_ += separator;
  cell_.clear();
  wrapped_ = false;
}

}  // namespace solnoma
