#include "tools/import/table/csv_record.hpp"

#include <string_view>

namespace solnoma {
namespace {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",;\t|\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string csv_record(const std::vector<std::string>& cells, char separator) {
  std::string record;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) record += separator;
    record += csv_cell(cells[i]);
  }
  return record;
}

}  // namespace solnoma
