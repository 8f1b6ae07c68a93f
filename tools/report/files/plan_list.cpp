#include "tools/report/files/plan_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/report/files/csv.hpp"
#include "tools/report/files/csv_as_xlsx.hpp"
#include "tools/report/files/plans_by_date.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/text/isolated.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/text/table.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

using Cells = std::vector<std::string>;

/// As the format tells it: cells of a row, or JSON in the only one.
using PlanLine = DatedPlan<Cells>;

Cells readable(const SubjectView& view, const Plan& plan, Language language, Style style,
               const Screen& screen) {
  const Event& event = view.event(plan.revision);
  const bool full = style == Style::full;
  const std::string what = with_part(
      full ? type_in_words(event.type, language) : type_name(event.type, language), event);
  return {
      full ? when_in_words(event, plan.target, language, Wording::name)
           : when(event, plan.target, language),
      plan_state(phrase(plan, language), plan, screen), view.subject,
      event.title.empty() ? what : fmt::format("{}: {}", what, isolated(title(event, language))),
      isolated(full ? publishers_in_words(event, language) : publishers(event, language))};
}

Cells csv_cells(const SubjectView& view, const Plan& plan, Language language) {
  const Event& event = view.event(plan.revision);
  return {view.subject,
          view.description ? view.name(language) : "",
          event.type,
          event.part,
          event.occurred,
          csv_day(plan.target.earliest),
          csv_day(plan.target.latest),
          std::string(name(plan.state)),
          csv_day(plan.known),
          title(event, language),
          publishers(event, language),
          event.id};
}

Cells csv_columns() {
  return {"subject", "name",  "type",  "part",  "target",    "earliest",
          "latest",  "state", "known", "title", "publisher", "event"};
}

Cells head(Language language) {
  const auto word = [&](std::string_view text) { return std::string(translate(language, text)); };
  return {word("When"), "", word("Subject"), word("What"), word("Source")};
}

Cells cells_of(const SubjectView& view, const Plan& plan, Language language,
               std::string_view format, const Screen& screen) {
  if (format == "json") return {json_plan(view, plan)};
  if (format == "csv" || format == "xlsx") return csv_cells(view, plan, language);
  return readable(view, plan, language, format == "markdown" ? Style::full : Style::brief, screen);
}

void write_json(const Report& report, const std::vector<PlanLine>& lines, const Sink& sink) {
  sink(json_plans_head(report.vantage()));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i != 0) sink(",");
    sink(lines[i].made.front());
  }
  sink("]}\n");
}

void write_csv(const std::vector<PlanLine>& lines, const Sink& sink) {
  sink(csv_row(csv_columns()));
  for (const PlanLine& line : lines) sink(csv_row(line.made));
}

/// Tables that stand under one another have columns of one width.
void write_readable(const Report& report, const std::vector<PlanLine>& lines, bool apart,
                    bool markdown, const Sink& sink, const Screen& screen) {
  const Language language = report.language();
  sink((markdown ? in_words(report.vantage(), language) : phrase(report.vantage(), language)) +
       "\n\n");
  if (lines.empty()) return sink(fmt::format("{}\n", translate(language, "no matching plans")));
  const auto undated = std::ranges::find_if(lines, [](const auto& line) { return !line.dated(); });
  const auto table = [&](auto begin, auto end) {
    std::vector<Cells> rows;
    if (markdown || !apart) rows.push_back(head(language));
    for (auto line = begin; line != end; ++line) rows.push_back(line->made);
    sink(markdown ? markdown_table(rows) : text_table(rows, "", screen));
  };
  if (!apart) return table(lines.begin(), lines.end());
  if (undated != lines.begin()) table(lines.begin(), undated);
  if (undated == lines.end()) return;
  if (undated != lines.begin()) sink("\n");
  sink(fmt::format("{}\n{}", translate(language, "without a date"), markdown ? "\n" : ""));
  table(undated, lines.end());
}

}  // namespace

std::vector<std::string> plan_list_formats() {
  return {"text", "markdown", "json", "csv", "xlsx"};
}

Result<void> write_plans(const Report& report, const std::vector<PlanState>& states, bool apart,
                         std::string_view format, const Sink& sink, const Screen& screen) {
  auto lines = plans_by_date(report, states, [&](const SubjectView& view, const Plan& plan) {
    return cells_of(view, plan, report.language(), format, screen);
  });
  if (!lines) return std::unexpected(lines.error());
  if (format == "json")
    write_json(report, *lines, sink);
  else if (format == "csv")
    write_csv(*lines, sink);
  else if (format == "xlsx")
    return csv_as_xlsx(
        std::string(translate(report.language(), "Plans")),
        [&](const Sink& csv) -> Result<void> {
          write_csv(*lines, csv);
          return {};
        },
        sink);
  else
    write_readable(report, *lines, apart, format == "markdown", sink, screen);
  return {};
}

}  // namespace solnoma
