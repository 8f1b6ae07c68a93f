#include <fmt/format.h>

#include "tools/report/article/article.hpp"
#include "tools/report/text/isolated.hpp"
#include "tools/report/text/markup.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

std::string joined(const Cell& cell, std::string_view between) {
  std::string text;
  for (const Piece& each : cell)
    if (!each.text.empty())
      text += fmt::format("{}{}", text.empty() ? "" : between, isolated(each.text));
  return text;
}

std::string in_line(const Sentence& sentence) {
  const std::string sources = joined(sentence.sources, "; ");
  return isolated(sentence.text) + (sources.empty() ? "" : fmt::format(" [{}]", sources));
}

/// Writes a block: one function for each kind.
struct BlockText {
  const TextMarkup& markup;

  std::string operator()(const Paragraph& paragraph) const {
    std::string text;
    for (const Sentence& each : paragraph) text += (text.empty() ? "" : " ") + in_line(each);
    return markup.paragraph(text);
  }
  std::string operator()(const List& list) const {
    std::string text;
    for (const Sentence& each : list.items) text += markup.item(in_line(each));
    return text;
  }
  std::string operator()(const Table& table) const {
    std::vector<std::vector<std::string>> cells{table.columns};
    for (const std::vector<Cell>& row : table.rows) {
      std::vector<std::string>& line = cells.emplace_back();
      for (const Cell& cell : row) line.push_back(joined(cell, line.empty() ? ", " : "; "));
    }
    return markup.table(cells, {});
  }
  std::string operator()(const Quotation& quotation) const {
    return markup.quotation(isolated(quotation.text));
  }
};

void write(const Article& article, const Sink& sink, const TextMarkup& markup) {
  Gaps gaps(sink);
  gaps(markup.heading(isolated(article.title), 1));
  for (const std::string& each : article.vantages) gaps(markup.item(each));
  gaps("\n" + markup.paragraph(isolated(article.summary)));
  for (const ArticlePart& part : article.parts) {
    gaps(markup.heading(part.heading, 2));
    for (const Block& block : part.blocks) {
      gaps(std::visit(BlockText{markup}, block));
      gaps("\n");
    }
  }
  if (!article.sources.empty())
    gaps(markup.heading(std::string(translate(article.language, "Sources")), 2));
  for (const std::string& source : article.sources) gaps(markup.item(source));
  gaps("\n" + markup.paragraph(fmt::format("solnoma {}", SOLNOMA_VERSION)) +
       markup.paragraph(article.head));
}

}  // namespace

const ArticleForm kTextArticle{"text", Style::brief, [](const Article& article, const Sink& sink) {
                                 write(article, sink, kPlainText);
                               }};
const ArticleForm kMarkdownArticle{
    "markdown", Style::full,
    [](const Article& article, const Sink& sink) { write(article, sink, kMarkdown); }};

}  // namespace solnoma
