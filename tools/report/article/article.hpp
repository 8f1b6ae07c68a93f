#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "projections/park_state.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {

/// A report that is read from top to bottom: headings, sentences, lists, tables, in the words of
/// its language. No text of it is escaped, nor made safe to show: that is the affair of a form.

/// A short text: a line of a cell, a source.
struct Piece {
  std::string text;
  std::string url = {};               ///< where it can be read; empty: nowhere
  std::optional<Status> status = {};  ///< the status that it tells, for a form with colours
};
/// Its lines: the first is what matters most.
using Cell = std::vector<Piece>;

/// A sentence, and who says so.
struct Sentence {
  std::string text;
  Cell sources = {};
};
using Paragraph = std::vector<Sentence>;
/// Each with a bullet of its own.
struct List {
  std::vector<Sentence> items;
};
/// The first column names the rows.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};
/// A text to be copied as it stands.
struct Quotation {
  std::string text;
};
using Block = std::variant<Paragraph, List, Table, Quotation>;

struct ArticlePart {
  std::string id;  ///< of a link to it: letters and hyphens
  std::string heading;
  std::vector<Block> blocks;
};

struct Article {
  Language language = Language::en;
  std::string title;
  std::vector<std::string> vantages;  ///< from where it is told
  std::string summary;
  std::vector<ArticlePart> parts;
  std::vector<std::string> sources;  ///< for a form that has no links
  std::string head;                  ///< of the log
};

/// A form in which articles are written.
struct ArticleForm {
  std::string_view name;
  Style style;  ///< of its words
  void (*write)(const Article&, const Sink&);
};
/// For a terminal.
extern const ArticleForm kTextArticle;
extern const ArticleForm kMarkdownArticle;
/// A page that stands alone and needs no script, in the look of the report's page.
extern const ArticleForm kPageArticle;
/// The body of a mail: every style is inline, nothing is asked of any network, and what are columns
/// elsewhere are lines, so that a telephone need not be turned.
extern const ArticleForm kMailArticle;

/// The blocks of a part as kPageArticle has them, for a page that is made of more than an article.
void write_html_blocks(const ArticlePart& part, Language language, const Sink& sink);

}  // namespace solnoma
