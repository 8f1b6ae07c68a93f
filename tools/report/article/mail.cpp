#include "events/language.hpp"
#include "tools/report/article/article.hpp"
#include "tools/report/article/pen.hpp"
#include "tools/report/catalogue.hpp"

namespace solnoma {
namespace {

/// The colours of a mail, which is light everywhere; what a reader's program makes of it at night
/// is its own affair.
constexpr std::string_view kInk = "#1c1e22";
constexpr std::string_view kSoft = "#575c63";
constexpr std::string_view kRule = "#dcd7cd";
constexpr std::string_view kMailLink = R"( style="color:#990f3d")";

/// Pieces one behind the other.
std::string in_line(const Cell& cell) {
  std::string text;
  for (const Piece& each : cell) {
    if (each.text.empty()) continue;
    if (!text.empty()) text += "; ";
    if (each.status)
      text +=
          fmt::format(R"(<span style="border-left:10px solid {};padding-left:6px">&#8203;</span>)",
                      kStatusLooks[static_cast<std::size_t>(*each.status)].light);
    text += html_piece(each, kMailLink);
  }
  return text;
}

std::string sentence(const Sentence& sentence) {
  const std::string sources = in_line(sentence.sources);
  return html_data(sentence.text) +
         (sources.empty()
              ? ""
              : fmt::format(R"( <span style="color:{};font-size:13px">{}</span>)", kSoft, sources));
}

/// Writes a block: one function for each kind.
struct BlockMail {
  const Pen& put;

  void operator()(const Paragraph& paragraph) const {
    put("<p style=\"margin:0 0 8px\">");
    for (const Sentence& each : paragraph) put("{} ", sentence(each));
    put("</p>\n");
  }
  void operator()(const List& list) const {
    put("<ul style=\"margin:0 0 8px;padding-left:20px\">\n");
    for (const Sentence& each : list.items)
      put("<li style=\"margin:0 0 4px\">{}</li>\n", sentence(each));
    put("</ul>\n");
  }
  /// Row by row, each cell on a line of its own; a name that several rows share stands above them.
  void operator()(const Table& table) const {
    std::string_view above;
    for (const std::vector<Cell>& row : table.rows) {
      const std::string& name = row.front().front().text;
      if (name != above)
        put("<h3 style=\"margin:14px 0 4px;font-size:15px;line-height:1.3\">{}</h3>\n",
            html_data(name));
      above = name;
      put("<div style=\"margin:0 0 8px;padding:0 0 0 10px;border-left:2px solid {}\">\n", kRule);
      for (std::size_t i = 1; i < row.size(); ++i)
        if (!is_empty(row[i]))
          put("<div style=\"margin:0 0 2px\"><span style=\"color:{};font-size:12px\">{}: "
              "</span>{}</div>\n",
              kSoft, markup_escape(table.columns[i]), in_line(row[i]));
      put("</div>\n");
    }
  }
  void operator()(const Quotation& quotation) const {
    put("<p style=\"margin:0 0 8px;padding:8px 12px;border-left:3px solid "
        "{};word-break:break-word\">{}</p>\n",
        kRule, html_data(quotation.text));
  }
};

void write_mail(const Article& article, const Sink& sink) {
  const Pen put(article.language, sink);
  const std::string title = markup_escape(article.title);
  put("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light\">\n<title>{}, {}</title>\n</head>\n",
      code_of(article.language), title, markup_escape(article.vantages.back()));
  put("<body style=\"margin:0;padding:0;background:#ffffff\">\n<main>\n"
      "<table role=\"presentation\" style=\"width:100%;max-width:720px;margin:0 auto;"
      "border-collapse:collapse\"><tbody><tr><td style=\"padding:20px 16px;color:{};"
      "font:15px/1.45 Arial,Helvetica,sans-serif\">\n",
      kInk);
  put("<h1 style=\"margin:0 0 8px;font-size:24px;line-height:1.2\">{}</h1>\n", title);
  for (const std::string& each : article.vantages)
    put("<p style=\"margin:0;color:{}\">{}</p>\n", kSoft, markup_escape(each));
  put("<p style=\"margin:16px 0 8px;font-weight:bold\">{}</p>\n", markup_escape(article.summary));
  for (const ArticlePart& part : article.parts) {
    put("<h2 style=\"margin:28px 0 6px;font-size:18px;line-height:1.25\">{}</h2>\n",
        markup_escape(part.heading));
    for (const Block& block : part.blocks) std::visit(BlockMail{put}, block);
  }
  put("<p style=\"margin:28px 0 0;color:{};font-size:12px;word-break:break-all\">solnoma {}"
      "<br>{}</p>\n</td></tr></tbody></table>\n</main>\n</body>\n</html>\n",
      kSoft, SOLNOMA_VERSION, article.head);
}

}  // namespace

const ArticleForm kMailArticle{"mail", Style::full, write_mail};

}  // namespace solnoma
