#include "tools/report/html/sections.hpp"
#include "events/text/text.hpp"
#include "tools/report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "events/subject.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/words/description.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"
#include "tools/report/words/quantities.hpp"

namespace solnoma {
namespace {

std::string word(Language language, std::string_view english) {
  return markup_escape(translate(language, english));
}

std::string chip(Status status, Language language, bool possible = false) {
  return fmt::format(
      R"(<span class="chip{0}"><span class="swatch st-{1}{2}" aria-hidden="true"></span>{3}</span>)",
      possible ? " maybe" : "", name(status), possible ? " possible" : "",
      markup_escape(in_words(status, language)));
}

/// The status by pattern and word, and what else it may be.
std::string status_cell(const StatusAt& status, Language language) {
  std::string text = chip(status.status, language);
  if (status.certain())
    return text + fmt::format(R"(<span class="sure">{}</span>)", word(language, "certain"));
  // "possibly among:" where some of them may be the status in no world.
  text += fmt::format(R"(<span class="doubt">{})",
                      status.exact ? word(language, "possibly")
                                   : markup_escape(translate(language, "possibly among: {}", "")));
  for (std::size_t i = 0; i < kStatuses; ++i)
    if (const auto each = static_cast<Status>(i); status.possible.test(i) && each != status.status)
      text += " " + chip(each, language, true);
  return text + "</span>";
}

std::string figures_cell(const SubjectView& view, std::string_view measure, Language language) {
  std::string text;
  for (const Figure& figure : view.figures)
    if (figure.quantity.measure == measure)
      text += fmt::format("<div>{}{}</div>",
                          html_data(in_words(figure.quantity, language, figure.ends)),
                          html_data(part_behind(figure.part)));
  return text.empty() ? "–" : text;
}

std::string plans_cell(const SubjectView& view, Language language) {
  std::map<PlanState, int> counts;
  for (const Plan& plan : view.plans) ++counts[plan.state];
  std::string text;
  for (const PlanState state : {PlanState::overdue, PlanState::pending, PlanState::moved,
                                PlanState::met, PlanState::lapsed, PlanState::dropped})
    if (const auto found = counts.find(state); found != counts.end())
      text += fmt::format(
          R"(<div class="plan {0}"><span class="plan-mark {0}" aria-hidden="true"></span>{1}: {2}</div>)",
          name(state), word(language, name(state)), found->second);
  return text.empty() ? "–" : text;
}

std::string latest_cell(const SubjectView& view, Language language) {
  const auto latest = std::ranges::find_if(
      view.marks.rbegin(), view.marks.rend(),
      [](const TimelineMark& mark) { return mark.happened == Happened::certainly; });
  if (latest == view.marks.rend()) return "–";
  const Event& event = view.event(latest->revision);
  return fmt::format(R"({} <span class="when">{}</span>)", html_data(title(event, language)),
                     html_data(when_in_words(event, latest->bounds, language)));
}

std::string source(const Source& source, Language language) {
  std::string text = source.publisher.in(language);
  if (!source.published.empty())
    text += (text.empty() ? "" : ", ") + date_in_words(source.published, language, Wording::name);
  if (text.empty()) text = source.url;
  const std::string address = web_address(source.url);
  std::string html = address.empty()
                         ? html_data(text)
                         : fmt::format(R"(<a href="{}" rel="noopener noreferrer external">{}</a>)",
                                       address, html_data(text));
  if (!source.note.empty()) html += " · " + html_data(one_line(source.note.in(language)));
  return html;
}

std::string what(const Event& event, const SubjectView& view, const TimelineMark& mark,
                 Language language) {
  std::string text = html_data(title(event, language));
  if (const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
      plan != view.plans.end())
    text += fmt::format(R"( <span class="tag">{}: {}</span>)", word(language, "plan"),
                        markup_escape(phrase(*plan, language)));
  else if (mark.happened == Happened::possibly)
    text += fmt::format(R"( <span class="tag">{}</span>)", word(language, "possibly"));
  for (const Quantity& quantity : event.quantities)
    text += fmt::format(R"(<div class="facts">{}: {}</div>)",
                        html_data(measure_in_words(quantity.measure, language)),
                        html_data(in_words(quantity, language)));
  return text;
}

}  // namespace

std::string html_board_rows(std::span<const SubjectView> views,
                            std::span<const std::string> measures, Language language) {
  std::string rows;
  for (const SubjectView& view : views) {
    if (!has_status(view.subject)) continue;
    const std::string where =
        view.description ? place_in_words(*view.description, language) : std::string();
    rows += fmt::format(
        "<tr><th scope=\"row\"><span class=\"why name\">{}</span><span "
        "class=\"where\">{}</span></th>"
        "<td>{}</td><td>{}</td><td>{}</td>",
        html_data(view.name(language)), html_data(where.empty() ? view.subject : where),
        status_cell(view.status, language),
        markup_escape(since(view, view.status, language, Style::full)),
        latest_cell(view, language));
    for (const std::string& measure : measures)
      rows += fmt::format("<td>{}</td>", figures_cell(view, measure, language));
    rows += fmt::format("<td>{}</td></tr>\n", plans_cell(view, language));
  }
  return rows;
}

std::string html_subject(const SubjectView& view, Language language) {
  std::string html =
      fmt::format("<details class=\"subject-details\"><summary>{}", html_data(view.name(language)));
  if (has_status(view.subject)) html += ": " + markup_escape(in_words(view.status, language));
  html += "</summary>\n";
  for (const std::string& line : figure_lines(view, language, Style::full))
    html += fmt::format("<p class=\"facts\">{}</p>\n", html_data(line));
  if (view.marks.empty())
    return html + fmt::format("<p>{}</p></details>\n", word(language, "no marks"));
  html += fmt::format(
      "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th "
      "scope=\"col\">{}</th></tr></thead><tbody>\n",
      word(language, "When"), word(language, "What"), word(language, "Source"));
  for (const TimelineMark& mark : view.marks) {
    const Event& event = view.event(mark.revision);
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>",
                        html_data(when_in_words(event, mark.bounds, language, Wording::name)),
                        what(event, view, mark, language));
    for (const Source& each : event.sources)
      html += fmt::format("<div>{}</div>", source(each, language));
    html += fmt::format("<div class=\"ids\">{}, {}</div></td></tr>\n", html_data(event.id),
                        view.stored(mark.revision).position.value);
  }
  return html + "</tbody></table></details>\n";
}

std::string html_sources(std::span<const SubjectView> views, Language language) {
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  std::map<std::pair<std::string, std::string>, std::string> items;
  for (const SubjectView& view : views)
    for (const TimelineMark& mark : view.marks)
      for (const Source& each : view.event(mark.revision).sources)
        if (const std::string& publisher = each.publisher.in(language);
            seen.emplace(publisher, each.published, each.url).second)
          items[{publisher, each.published}] +=
              fmt::format("<li><span class=\"cite\">{}</span></li>\n", source(each, language));
  std::string html;
  for (const auto& [key, item] : items) html += item;
  return html;
}

}  // namespace solnoma
