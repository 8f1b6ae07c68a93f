#include "tools/report/text/table.hpp"

#include <algorithm>
#include <string_view>

#include "tools/report/text/isolated.hpp"

namespace solnoma {

std::string text_table(const std::vector<std::vector<std::string>>& rows,
                       const std::string& indent) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line = indent;
    for (std::size_t i = 0; i < row.size(); ++i)
      line +=
          i + 1 == row.size() ? row[i] : row[i] + std::string(widths[i] - columns(row[i]) + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string markdown_escape(const std::string& text) {
  constexpr std::string_view kMarkup = "\\`*_{}[]<>()#|!&~";
  std::string out;
  for (const char c : text) {
    if (kMarkup.find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string markdown_table(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += "|";
    for (const auto& cell : rows[i]) text += " " + markdown_escape(cell) + " |";
    text += "\n";
    if (i != 0) continue;
    text += "|";
    for (std::size_t j = 0; j < rows[i].size(); ++j) text += "---|";
    text += "\n";
  }
  return text;
}

}  // namespace solnoma
