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
struct Format {
  std::function<std::string(const std::string&, int level)> heading;
  std::function<std::string(const std::string&)> paragraph;
  std::function<std::string(const std::string&)> item;
  std::function<std::string(const Table&)> table;
  Style style;
};

const Format kMarkdown = {
    [](const std::string& text, int level) {
      return fmt::format("\n{} {}\n\n", std::string(static_cast<std::size_t>(level), '#'),
                         markdown_escape(text));
    },
    [](const std::string& text) { return markdown_escape(text) + "\n"; },
    [](const std::string& text) { return "- " + markdown_escape(text) + "\n"; },
    [](const Table& rows) { return markdown_table(rows); },
    Style::full,
};

const Format kText = {
    [](const std::string& text, int) { return fmt::format("\n{}\n\n", text); },
    [](const std::string& text) { return text + "\n"; },
    [](const std::string& text) { return "  " + text + "\n"; },
    [](const Table& rows) { return text_table(rows, "  "); },
    Style::brief,
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

std::string portrait(const SubjectView& view, Language language, const Format& format) {
  if (!view.description) return "";
  const Description& d = *view.description;
  std::string text;
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty())
      text += format.item(fmt::format("{}: {}", translate(language, label), visible(value)));
  };
  add(message("Region"), d.region.in(language));
  add(message("Partner"), d.partner.in(language));
  std::string sectors;
  for (const LocalText& sector : d.sectors)
    sectors += (sectors.empty() ? "" : ", ") + sector.in(language);
  add(message("Sectors"), sectors);
  return text;
}

std::string section(const SubjectView& view, Language language, const Format& format) {
  std::string text = format.heading(
      view.description ? fmt::format("{} ({})", visible(view.name(language)), view.subject)
                       : view.subject,
      3);
  if (has_status(view.subject))
    text += format.item(fmt::format("{}: {}", translate(language, "Status"),
                                    format.style == Style::full ? in_words(view.status, language)
                                                                : phrase(view.status, language)));
  text += portrait(view, language, format);
  for (const std::string& line : figure_lines(view, language, format.style))
    text += format.item(line);
  for (const std::string& line : plan_lines(view, language, format.style))
    text += format.item(fmt::format("{} {}", translate(language, "plan"), line));
  if (!view.marks.empty()) text += "\n" + format.table(timeline_rows(view, language, format.style));
  return text;
}

std::string write(const Vantage& vantage, const std::vector<SubjectView>& views, Language language,
                  const Format& format) {
  std::string text = format.heading(word(language, "Chronicle report"), 1).substr(1);
  text += format.paragraph(format.style == Style::full ? in_words(vantage, language)
                                                       : phrase(vantage, language));
  if (views.empty())
    return text + format.paragraph(word(language, "nothing recorded is visible from here"));

  const auto parks = std::ranges::count_if(views, &has_status, &SubjectView::subject);
  if (parks > 0) {
    text += format.heading(word(language, "Board"), 2) +
            format.table(board_rows(views, language, format.style));
    text += format.heading(word(language, "Timeline"), 2);
  }
  for (const SubjectView& view : views)
    if (has_status(view.subject)) text += section(view, language, format);
  if (std::cmp_less(parks, views.size()))
    text += format.heading(word(language, "Relations and programmes"), 2);
  for (const SubjectView& view : views)
    if (!has_status(view.subject)) text += section(view, language, format);

  std::set<std::string> sources;
  for (const SubjectView& view : views)
    for (const TimelineMark& mark : view.marks)
      if (std::string source = format.style == Style::full
                                   ? citation_in_words(view.event(mark.revision), language)
                                   : citation(view.event(mark.revision));
          !source.empty())
        sources.insert(std::move(source));
  if (!sources.empty()) text += format.heading(word(language, "Sources"), 2);
  for (const std::string& source : sources) text += format.item(source);
  text += "\n" + format.paragraph(fmt::format("solnoma {}", SOLNOMA_VERSION));
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
