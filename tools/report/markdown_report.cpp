#include "tools/report/markdown_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "events/subject.hpp"
#include "events/text.hpp"
#include "tools/report/messages.hpp"
#include "tools/report/phrases.hpp"
#include "tools/report/table.hpp"
#include "tools/report/text_report.hpp"

namespace solnoma {
namespace {

using Table = std::vector<std::vector<std::string>>;

/// How one format writes the few things that a report consists of.
struct Style {
  std::function<std::string(const std::string&, int level)> heading;
  std::function<std::string(const std::string&)> paragraph;
  std::function<std::string(const std::string&)> item;
  std::function<std::string(const Table&)> table;
};

const Style kMarkdown = {
    [](const std::string& text, int level) {
      return fmt::format("\n{} {}\n\n", std::string(static_cast<std::size_t>(level), '#'),
                         markdown_escape(text));
    },
    [](const std::string& text) { return markdown_escape(text) + "\n"; },
    [](const std::string& text) { return "- " + markdown_escape(text) + "\n"; },
    [](const Table& rows) { return markdown_table(rows); },
};

const Style kText = {
    [](const std::string& text, int) { return fmt::format("\n{}\n\n", text); },
    [](const std::string& text) { return text + "\n"; },
    [](const std::string& text) { return "  " + text + "\n"; },
    [](const Table& rows) { return text_table(rows, "  "); },
};

/// Where two parts both want a blank line between them, one is enough.
std::string single_gaps(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' || !out.ends_with("\n\n")) out.push_back(c);
  return out;
}

std::string word(Language language, std::string_view english) {
  return std::string(translate(language, english));
}

std::string portrait(const SubjectView& view, Language language, const Style& style) {
  if (!view.description) return "";
  const Description& d = *view.description;
  std::string text;
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty())
      text += style.item(fmt::format("{}: {}", translate(language, label), visible(value)));
  };
  add("Region", d.region.in(language));
  add("Partner", d.partner.in(language));
  std::string sectors;
  for (const LocalText& sector : d.sectors)
    sectors += (sectors.empty() ? "" : ", ") + sector.in(language);
  add("Sectors", sectors);
  return text;
}

std::string section(const SubjectView& view, Language language, const Style& style) {
  std::string text = style.heading(
      view.description ? fmt::format("{} ({})", visible(view.name(language)), view.subject)
                       : view.subject,
      3);
  if (has_status(view.subject))
    text += style.item(
        fmt::format("{}: {}", translate(language, "Status"), phrase(view.status, language)));
  text += portrait(view, language, style);
  for (const std::string& line : figure_lines(view, language)) text += style.item(line);
  for (const std::string& line : plan_lines(view, language))
    text += style.item(fmt::format("{} {}", translate(language, "plan"), line));
  if (!view.marks.empty()) text += "\n" + style.table(timeline_rows(view, language));
  return text;
}

std::string write(const Vantage& vantage, const std::vector<SubjectView>& views, Language language,
                  const Style& style) {
  std::string text = style.heading(word(language, "Chronicle report"), 1).substr(1);
  text += style.paragraph(phrase(vantage, language));
  if (views.empty())
    return text + style.paragraph(word(language, "nothing recorded is visible from here"));

  const auto parks = std::ranges::count_if(views, &has_status, &SubjectView::subject);
  if (parks > 0) {
    text += style.heading(word(language, "Board"), 2) + style.table(board_rows(views, language));
    text += style.heading(word(language, "Timeline"), 2);
  }
  for (const SubjectView& view : views)
    if (has_status(view.subject)) text += section(view, language, style);
  if (std::cmp_less(parks, views.size()))
    text += style.heading(word(language, "Relations and programmes"), 2);
  for (const SubjectView& view : views)
    if (!has_status(view.subject)) text += section(view, language, style);

  std::set<std::string> sources;
  for (const SubjectView& view : views)
    for (const TimelineMark& mark : view.marks)
      if (std::string source = citation(view.event(mark.revision)); !source.empty())
        sources.insert(std::move(source));
  if (!sources.empty()) text += style.heading(word(language, "Sources"), 2);
  for (const std::string& source : sources) text += style.item(source);
  text += "\n" + style.paragraph(fmt::format("solnoma {}", SOLNOMA_VERSION));
  return single_gaps(text);
}

}  // namespace

std::string markdown_report(const Vantage& vantage, const std::vector<SubjectView>& views,
                            Language language) {
  return write(vantage, views, language, kMarkdown);
}

std::string text_report(const Vantage& vantage, const std::vector<SubjectView>& views,
                        Language language) {
  return write(vantage, views, language, kText);
}

}  // namespace solnoma
