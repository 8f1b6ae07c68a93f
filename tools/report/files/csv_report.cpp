#include "tools/report/files/csv_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "events/subject.hpp"
#include "tools/report/files/csv.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/words/description.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

using Cells = std::vector<std::string>;

std::string number(const std::optional<std::int64_t>& value) {
  return value ? fmt::format("{}", *value) : "";
}

/// Of a quantity; empty cells where there is none.
void add_quantity(Cells& cells, const Quantity* quantity) {
  static const Quantity kNone;
  const Quantity& q = quantity != nullptr ? *quantity : kNone;
  for (const std::string& cell : {q.measure, quantity != nullptr ? std::string(name(q.bound)) : "",
                                  q.value, q.upper, q.unit, q.period})
    cells.push_back(cell);
}

std::string excluded_ends(Excluded excluded) {
  if (excluded == Excluded{true, true}) return "value; upper";
  return excluded.value ? "value" : excluded.upper ? "upper" : "";
}

std::string ids(const SubjectView& view, const std::vector<Revision>& revisions) {
  std::vector<std::string_view> words;
  for (const Revision revision : revisions) words.emplace_back(view.event(revision).id);
  return fmt::format("{}", fmt::join(words, "; "));
}

std::string possible(const StatusAt& status) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < kStatuses; ++i)
    if (status.possible.test(i)) words.push_back(name(static_cast<Status>(i)));
  return fmt::format("{}", fmt::join(words, "; "));
}

std::string sectors(const SubjectView& view, Language language) {
  if (!view.description) return "";
  std::vector<std::string_view> words;
  for (const LocalText& sector : view.description->sectors) words.emplace_back(sector.in(language));
  return fmt::format("{}", fmt::join(words, "; "));
}

std::string board_rows_of(const SubjectView& view, Language language) {
  const Description described = view.description.value_or(Description{});
  const bool has = has_status(view.subject);
  const StatusAt& status = view.status;
  const bool reached = has && status.rule != Rule::nothing_recorded;
  std::array<std::size_t, kPlanStates> plans{};
  for (const Plan& plan : view.plans) ++plans.at(static_cast<std::size_t>(plan.state));

  Cells cells{view.subject,
              described.names.in(language),
              described.kind,
              described.region.in(language),
              described.country,
              partners_in_words(described, language),
              sectors(view, language),
              described.latitude,
              described.longitude,
              has ? std::string(name(status.status)) : "",
              has ? (status.certain() ? "yes" : "no") : "",
              has ? possible(status) : "",
              has ? (status.exact ? "yes" : "no") : "",
              reached ? csv_day(status.since.earliest) : "",
              reached ? csv_day(status.since.latest) : "",
              has ? ids(view, status.because) : ""};
  for (const std::size_t count : plans) cells.push_back(fmt::format("{}", count));
  const auto row = [&](const Figure* figure) {
    Cells line = cells;
    add_quantity(line, figure != nullptr ? &figure->quantity : nullptr);
    const Ends ends = figure != nullptr ? figure->ends : Ends{};
    line.push_back(excluded_ends(ends.excluded));
    line.emplace_back(name(ends.open));
    line.push_back(figure != nullptr ? (figure->flow ? "yes" : "no") : "");
    line.push_back(figure != nullptr ? figure->part : "");
    const Bounds bounds = figure != nullptr ? figure->bounds : Bounds{};
    line.push_back(csv_day(bounds.earliest));
    line.push_back(csv_day(bounds.latest));
    line.push_back(figure != nullptr ? ids(view, figure->from) : "");
    return csv_row(line);
  };
  if (view.figures.empty()) return row(nullptr);
  std::string text;
  for (const Figure& figure : view.figures) text += row(&figure);
  return text;
}

std::string mark_rows(const SubjectView& view, const TimelineMark& mark, Language language) {
  const StoredEvent& stored = view.stored(mark.revision);
  const Event& event = stored.event;
  const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
  const Plan told = plan != view.plans.end() ? *plan : Plan{};
  const Cells before{view.subject,
                     view.description ? view.name(language) : "",
                     when(event, mark.bounds, language),
                     csv_day(mark.bounds.earliest),
                     csv_day(mark.bounds.latest),
                     std::string(name(mark.happened)),
                     plan != view.plans.end() ? std::string(name(plan->state)) : "",
                     number(told.slippage.least),
                     number(told.slippage.most),
                     number(told.moved_by.least),
                     number(told.moved_by.most),
                     event.type,
                     event.part,
                     title(event, language)};
  const Cells after{event.occurred,
                    csv_day(event.known),
                    party_list(event, language),
                    citation(event, language),
                    event.note.in(language),
                    event.source,
                    event.id,
                    fmt::format("{}", stored.position.value)};
  const auto row = [&](const Quantity* quantity) {
    Cells cells = before;
    add_quantity(cells, quantity);
    cells.push_back(quantity != nullptr ? csv_flow(*quantity) : "");
    cells.insert(cells.end(), after.begin(), after.end());
    return csv_row(cells);
  };
  if (event.quantities.empty()) return row(nullptr);
  std::string text;
  for (const Quantity& quantity : event.quantities) text += row(&quantity);
  return text;
}

}  // namespace

Result<void> csv_board(const Report& report, const Sink& sink) {
  sink(csv_row({"subject",         "name",           "kind",          "region",
                "country",         "partner",        "sectors",       "latitude",
                "longitude",       "status",         "certain",       "possible",
                "possible_exact",  "since_earliest", "since_latest",  "because",
                "plans_pending",   "plans_met",      "plans_overdue", "plans_dropped",
                "plans_moved",     "plans_lapsed",   "measure",       "bound",
                "value",           "upper",          "unit",          "period",
                "excluded",        "open",           "flow",          "part",
                "figure_earliest", "figure_latest",  "figure_because"}));
  return report.each(
      [&](const SubjectView& view) {
        return report.shows(view) ? board_rows_of(view, report.language()) : std::string();
      },
      sink, Shown::status);
}

Result<void> csv_timeline(const Report& report, const Sink& sink) {
  sink(csv_row(
      {"subject",   "name",           "when",          "earliest",    "latest",     "happened",
       "plan",      "slippage_least", "slippage_most", "moved_least", "moved_most", "type",
       "part",      "title",          "measure",       "bound",       "value",      "upper",
       "unit",      "period",         "flow",          "occurred",    "known",      "parties",
       "citations", "note",           "source",        "id",          "position"}));
  return report.each(
      [&](const SubjectView& view) {
        std::string text;
        if (report.shows_marks(view))
          for (const TimelineMark& mark : view.marks)
            text += mark_rows(view, mark, report.language());
        return text;
      },
      sink);
}

}  // namespace solnoma
