#include "tools/report/text/table.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "tools/report/text/isolated.hpp"
#include "tools/report/text/paint.hpp"
#include "tools/report/text/wrapped.hpp"

namespace solnoma {

namespace {

using TableRows = std::vector<std::vector<std::string>>;

/// How a cell may be broken. The first column names what the row is about, to be typed again.
Break break_of(std::size_t column) {
  return column == 0 ? Break::at_spaces : Break::within_words;
}

/// How wide each column is, at most as its widest cell: together as wide as the screen, where
/// cells can be broken so that they fit.
std::vector<std::size_t> widths_of(const TableRows& rows, std::size_t indent, std::size_t screen) {
  std::vector<std::size_t> widest, least;  // by column; `least`: what cannot be broken
  for (const auto& row : rows) {
    widest.resize(std::max(widest.size(), row.size()));
    least.resize(widest.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      widest[i] = std::max(widest[i], columns(row[i]));
      if (screen == 0) continue;
      for (const std::string& word : wrapped(apart(row[i]).text, 1, break_of(i)))
        least[i] = std::max(least[i], columns(word));
    }
  }
  const auto at_most = [&](std::size_t most) {
    std::vector<std::size_t> widths = widest;
    for (std::size_t i = 0; i < widths.size(); ++i)
      widths[i] = std::min(widest[i], std::max(least[i], most));
    return widths;
  };
  const auto fit = [&](const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), indent + 2 * (widths.size() - 1)) <=
           screen;
  };
  if (screen == 0 || widest.empty() || fit(widest)) return widest;
  constexpr std::size_t kNarrow = 10;
  for (std::size_t most = screen; most >= kNarrow; --most)
    if (auto widths = at_most(most); fit(widths)) return widths;
  return widest;
}

}  // namespace

std::string text_table(const TableRows& rows, const std::string& indent, const Screen& screen) {
  const std::vector<std::size_t> widths = widths_of(rows, indent.size(), screen.width);
  std::string text;
  const auto add = [&](const std::vector<std::string>& row) {
    std::string line = indent;
    for (std::size_t i = 0; i < row.size(); ++i)
      line +=
          i + 1 == row.size() ? row[i] : row[i] + std::string(widths[i] - columns(row[i]) + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  for (const auto& row : rows) {
    std::vector<std::vector<std::string>> lines(1, row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (columns(row[i]) <= widths[i]) continue;
      const auto [before, cell, behind] = apart(row[i]);
      const auto parts = wrapped(cell, widths[i], break_of(i));
      if (lines.size() < parts.size())
        lines.resize(parts.size(), std::vector<std::string>(row.size()));
      for (std::size_t part = 0; part < parts.size(); ++part)
        lines[part][i] = std::string(before) + parts[part] + std::string(behind);
    }
    for (const auto& line : lines) add(line);
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
