#include "tools/report/text/markup.hpp"

#include <fmt/format.h>

#include "tools/report/text/table.hpp"

namespace solnoma {

const TextMarkup kMarkdown = {
    [](const std::string& text, int level) {
      return fmt::format("\n{} {}\n\n", std::string(static_cast<std::size_t>(level), '#'),
                         markdown_escape(text));
    },
    [](const std::string& text) { return markdown_escape(text) + "\n"; },
    [](const std::string& text) { return "- " + markdown_escape(text) + "\n"; },
    [](const std::string& text) { return "> " + markdown_escape(text) + "\n"; },
    [](const std::vector<std::vector<std::string>>& rows, const Screen&) {
      return markdown_table(rows);
    },
    Style::full,
};

const TextMarkup kPlainText = {
    [](const std::string& text, int) { return fmt::format("\n{}\n\n", text); },
    [](const std::string& text) { return text + "\n"; },
    [](const std::string& text) { return "  " + text + "\n"; },
    [](const std::string& text) { return "  " + text + "\n"; },
    [](const std::vector<std::vector<std::string>>& rows, const Screen& screen) {
      return text_table(rows, "  ", screen);
    },
    Style::brief,
};

void Gaps::operator()(std::string_view text) {
  std::string out;
  for (const char c : text) {
    newlines_ = c == '\n' ? newlines_ + 1 : 0;
    if (newlines_ <= 2) out.push_back(c);
  }
  sink_(out);
}

}  // namespace solnoma
