#include "tools/report/text/lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/text/text.hpp"
#include "tools/report/text/isolated.hpp"
#include "tools/report/text/paint.hpp"
#include "tools/report/view/event_of_since.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// The words for a style that differ in more than the call.
std::string known(Day day, Language language, Style style) {
  return style == Style::full ? translate(language, "known since {}", day_in_words(day, language))
                              : translate(language, "known {}", to_string(day));
}

std::string measure_name(const std::string& measure, Language language, Style style) {
  return style == Style::full ? measure_in_words(measure, language)
                              : visible(translate(language, measure));
}

std::string text(const Quantity& quantity, Language language, Style style, Ends ends = {}) {
  return style == Style::full ? in_words(quantity, language, ends)
                              : phrase(quantity, language, ends);
}

std::string named_date(const Event& event, Bounds bounds, Language language, Style style) {
  return style == Style::full ? when_in_words(event, bounds, language, Wording::name)
                              : when(event, bounds, language);
}

}  // namespace

std::string since(const SubjectView& view, const StatusAt& status, Language language, Style style) {
  const auto revision = event_of_since(view.rows, status);
  return since(status, revision ? &view.event(*revision) : nullptr, language, style);
}

std::string since(const StatusAt& status, const Event* event, Language language, Style style) {
  const Day latest = status.since.latest;
  const bool full = style == Style::full;
  if (status.rule == Rule::nothing_recorded) return "";
  if (status.rule == Rule::plan) return full ? day_in_words(latest, language) : to_string(latest);
  if (event != nullptr) return named_date(*event, status.since, language, style);
  return full ? by_in_words(latest, language) : translate(language, "by {}", to_string(latest));
}

std::vector<std::string> board_head(Language language) {
  const auto head = [&](std::string_view word) { return std::string(translate(language, word)); };
  return {head("Subject"), head("Status"), head("Since"), head("Name")};
}

std::vector<std::string> board_row(const SubjectView& view, Language language, Style style,
                                   const Screen& screen) {
  return {view.subject,
          style == Style::full ? in_words(view.status, language)
                               : painted(phrase(view.status, language), view.status.status, screen),
          since(view, view.status, language, style),
          view.description ? isolated(view.name(language)) : ""};
}

std::vector<std::vector<std::string>> timeline_rows(const SubjectView& view, Language language,
                                                    Style style, const Screen& screen) {
  std::vector<std::vector<std::string>> rows;
  const auto head = [&](std::string_view word) { return std::string(translate(language, word)); };
  rows.push_back({head("When"), "", head("What"), head("Source")});
  for (const TimelineMark& mark : view.marks) {
    const Event& event = view.event(mark.revision);
    std::string kind;
    if (mark.happened == Happened::possibly) kind = translate(language, "possibly");
    const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
    if (plan != view.plans.end())
      kind = plan_state(fmt::format("{}: {}", translate(language, "plan"), phrase(*plan, language)),
                        *plan, screen);
    std::string what = isolated(title(event, language));
    for (const Quantity& quantity : event.quantities)
      what += fmt::format("; {}: {}", measure_name(quantity.measure, language, style),
                          text(quantity, language, style));
    rows.push_back({named_date(event, mark.bounds, language, style), kind, what,
                    isolated(style == Style::full ? publishers_in_words(event, language)
                                                  : publishers(event, language))});
  }
  return rows;
}

std::string plan_state(std::string text, const Plan& plan, const Screen& screen) {
  return plan.state == PlanState::overdue ? alarming(std::move(text), screen) : text;
}

std::vector<std::string> figure_lines(const SubjectView& view, Language language, Style style) {
  std::vector<std::string> lines;
  for (const Figure& figure : view.figures)
    lines.push_back(
        fmt::format("{}{}: {}, {}", measure_name(figure.quantity.measure, language, style),
                    part_behind(figure.part), text(figure.quantity, language, style, figure.ends),
                    named_date(view.event(figure.from.back()), figure.bounds, language, style)));
  return lines;
}

std::vector<std::string> plan_lines(const SubjectView& view, Language language, Style style) {
  std::vector<std::string> lines;
  for (const Plan& plan : view.plans) {
    const Event& event = view.event(plan.revision);
    lines.push_back(fmt::format("{} ({}): {}; {}",
                                with_part(style == Style::full ? type_in_words(event.type, language)
                                                               : type_name(event.type, language),
                                          event),
                                named_date(event, plan.target, language, style),
                                phrase(plan, language), known(plan.known, language, style)));
  }
  return lines;
}

}  // namespace solnoma
