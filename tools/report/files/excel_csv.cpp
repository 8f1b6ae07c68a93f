#include "tools/report/files/excel_csv.hpp"

#include <utility>

#include "events/text/decimal.hpp"

namespace solnoma {

ExcelCsv::ExcelCsv(Sink sink)
    : sink_(std::move(sink)),
      cells_([this](std::string_view cell, bool quoted, bool last) { take(cell, quoted, last); }) {
  sink_("\xEF\xBB\xBF");
}

void ExcelCsv::write(std::string_view csv) {
  cells_.write(csv);
  sink_(out_);
  out_.clear();
}

void ExcelCsv::take(std::string_view cell, bool quoted, bool last) {
  std::string text(cell);
  if (!quoted && is_any_decimal(text))
    if (const auto point = text.find('.'); point != text.npos) text[point] = ',';
  if (quoted || text.contains(';')) {
    out_ += '"';
    for (const char c : text) out_.append(c == '"' ? 2 : 1, c);
    out_ += '"';
  } else {
    out_ += text;
  }
  out_ += last ? "\r\n" : ";";
}

}  // namespace solnoma
