#include "events/language.hpp"
#include "tools/report/article/article.hpp"
#include "tools/report/article/pen.hpp"
#include "tools/report/html/page_files.hpp"
#include "tools/report/html/status_style.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kPageLink = R"( rel="noopener noreferrer external")";

std::string vantages(const Article& article) {
  std::string text;
  for (const std::string& each : article.vantages)
    text += (text.empty() ? "" : "<br>") + markup_escape(each);
  return text;
}

/// Writes a block: one function for each kind.
struct BlockPage {
  const Pen& put;
  const ArticlePart& part;

  void operator()(const Paragraph& paragraph) const {
    put("<p>");
    for (const Sentence& each : paragraph) {
      sentence(each);
      put(" ");
    }
    put("</p>\n");
  }
  void operator()(const List& list) const {
    put("<ul class=\"told\">\n");
    for (const Sentence& each : list.items) {
      put("<li>");
      sentence(each);
      put("</li>\n");
    }
    put("</ul>\n");
  }
  void operator()(const Table& table) const {
    put("<table class=\"news\"><caption class=\"hush\">{}</caption>\n<thead><tr>",
        markup_escape(part.heading));
    for (const std::string& head : table.columns)
      put("<th scope=\"col\">{}</th>", markup_escape(head));
    put("</tr></thead>\n<tbody>\n");
    for (const std::vector<Cell>& row : table.rows) {
      put("<tr><th scope=\"row\">");
      for (std::size_t i = 0; i < row.front().size(); ++i)
        put("<span class=\"{}\">{}</span>", i == 0 ? "name" : "where",
            html_piece(row.front()[i], kPageLink));
      put("</th>");
      for (std::size_t i = 1; i < row.size(); ++i) cell(table.columns[i], row[i]);
      put("</tr>\n");
    }
    put("</tbody>\n</table>\n");
  }
  void operator()(const Quotation& quotation) const {
    put("<blockquote class=\"quotation\">{}</blockquote>\n", html_data(quotation.text));
  }

 private:
  void sentence(const Sentence& sentence) const {
    put("{}", html_data(sentence.text));
    if (is_empty(sentence.sources)) return;
    put(" <span class=\"facts\">");
    for (std::size_t i = 0; i < sentence.sources.size(); ++i)
      put("{}{}", i > 0 ? "; " : "", html_piece(sentence.sources[i], kPageLink));
    put("</span>");
  }

  void cell(const std::string& head, const Cell& cell) const {
    if (is_empty(cell)) return put("<td class=\"none\">–</td>");
    put("<td data-label=\"{}\">", markup_escape(head));
    for (std::size_t i = 0; i < cell.size(); ++i)
      put("<div{}>{}{}</div>", i > 0 ? " class=\"facts\"" : "", swatch(cell[i]),
          html_piece(cell[i], kPageLink));
    put("</td>");
  }

  static std::string swatch(const Piece& piece) {
    return piece.status ? fmt::format(R"(<span class="swatch st-{}" aria-hidden="true"></span>)",
                                      name(*piece.status))
                        : "";
  }
};

void write_page(const Article& article, const Sink& sink) {
  const Pen put(article.language, sink);
  const std::string title = markup_escape(article.title);
  put("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{}, {}</title>\n<style>\n",
      code_of(article.language), title, markup_escape(article.vantages.back()));
  sink(page_style());
  sink(status_style());
  put("</style>\n</head>\n<body>\n<header class=\"top\">\n<div>\n<h1>{}</h1>\n<p "
      "class=\"vantage\">{}</p>\n</div>\n<p class=\"notice\">{}</p>\n",
      title, vantages(article), markup_escape(article.summary));
  if (article.parts.size() > 1) {
    put("<nav class=\"parts\" aria-label=\"{}\">", put.word("Parts of the report"));
    for (const ArticlePart& part : article.parts)
      put("<a href=\"#{}\">{}</a>", part.id, markup_escape(part.heading));
    put("</nav>\n");
  }
  put("</header>\n<main>\n");
  for (const ArticlePart& part : article.parts) {
    put("<section class=\"part\" id=\"{0}\" aria-labelledby=\"{0}-title\">\n<div "
        "class=\"part-head\"><h2 id=\"{0}-title\">{1}</h2></div>\n",
        part.id, markup_escape(part.heading));
    write_html_blocks(part, article.language, sink);
    put("</section>\n");
  }
  put("</main>\n<footer class=\"foot\">\n<p>solnoma {}</p>\n<p><code>{}</code></p>\n</footer>\n"
      "</body>\n</html>\n",
      SOLNOMA_VERSION, article.head);
}

}  // namespace

void write_html_blocks(const ArticlePart& part, Language language, const Sink& sink) {
  const Pen put(language, sink);
  for (const Block& block : part.blocks) std::visit(BlockPage{put, part}, block);
}

const ArticleForm kPageArticle{"html", Style::full, write_page};

}  // namespace solnoma
