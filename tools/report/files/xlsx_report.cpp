#include "tools/report/files/xlsx_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "tools/report/files/csv_as_xlsx.hpp"
#include "tools/report/files/csv_changes.hpp"
#include "tools/report/files/csv_report.hpp"
#include "tools/report/files/workbook.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/words/description.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// The sheets, in their order.
enum ReportSheet : std::size_t {
  kBoardSheet,
  kTimelineSheet,
  kPlansSheet,
  kFiguresSheet,
  kSourcesSheet,
  kSheets
};

/// The rows of one subject, by sheet.
using SheetRows = std::array<std::vector<SheetRow>, kSheets>;

std::string event_ids(const SubjectView& view, const std::vector<Revision>& revisions) {
  std::vector<std::string_view> words;
  for (const Revision revision : revisions) words.emplace_back(view.event(revision).id);
  return fmt::format("{}", fmt::join(words, "; "));
}

CellNumber whole_number(std::optional<std::int64_t> value) {
  return {value ? fmt::format("{}", *value) : ""};
}

/// All that is said of one subject.
class SubjectRows {
 public:
  SubjectRows(const SubjectView& view, const Report& report)
      : view_(view), language_(report.language()) {
    add_board();
    if (report.shows_marks(view))
      for (const TimelineMark& mark : view.marks) add_mark(mark);
    for (const Plan& plan : view.plans) add_plan(plan);
    for (const Figure& figure : view.figures) add_figure(figure);
    add_sources();
  }

  [[nodiscard]] SheetRows& rows() { return rows_; }

 private:
  /// A row that begins with the subject and its name.
  void add(ReportSheet sheet, std::initializer_list<SheetCell> cells) {
    SheetRow row{view_.subject, view_.description ? view_.name(language_) : std::string()};
    row.insert(row.end(), cells.begin(), cells.end());
    rows_.at(sheet).push_back(std::move(row));
  }

  [[nodiscard]] std::string word(std::string_view english) const {
    return std::string(translate(language_, english));
  }

  void add_board() {
    const Description described = view_.description.value_or(Description{});
    const bool has = has_status(view_.subject);
    const bool reached = has && view_.status.rule != Rule::nothing_recorded;
    add(kBoardSheet,
        {described.kind, described.region.in(language_), described.country,
         partners_in_words(described, language_), has ? in_words(view_.status, language_) : "",
         has ? word(view_.status.certain() ? message("certain") : message("not certain")) : "",
         has ? since(view_, view_.status, language_, Style::full) : "",
         reached ? view_.status.since.earliest : kOpenPast,
         reached ? view_.status.since.latest : kOpenPast,
         has ? event_ids(view_, view_.status.because) : ""});
  }

  void add_mark(const TimelineMark& mark) {
    const Event& event = view_.event(mark.revision);
    const auto plan = std::ranges::find(view_.plans, mark.revision, &Plan::revision);
    std::string state;
    if (plan != view_.plans.end())
      state = fmt::format("{}: {}", translate(language_, "plan"), phrase(*plan, language_));
    else if (mark.happened == Happened::possibly)
      state = word(message("possibly"));
    add(kTimelineSheet,
        {when_in_words(event, mark.bounds, language_, Wording::name), mark.bounds.earliest,
         mark.bounds.latest, type_in_words(event.type, language_), event.part, state,
         title(event, language_), party_list(event, language_), event.known,
         publishers_in_words(event, language_), event.id,
         CellNumber{fmt::format("{}", view_.stored(mark.revision).position.value)}});
  }

  void add_plan(const Plan& plan) {
    const Event& event = view_.event(plan.revision);
    add(kPlansSheet,
        {when_in_words(event, plan.target, language_, Wording::name), plan.target.earliest,
         plan.target.latest, type_in_words(event.type, language_), event.part,
         phrase(plan, language_), whole_number(plan.slippage.least),
         whole_number(plan.slippage.most), title(event, language_), event.known,
         publishers_in_words(event, language_), event.id});
  }

  void add_figure(const Figure& figure) {
    const Quantity& quantity = figure.quantity;
    add(kFiguresSheet,
        {measure_in_words(quantity.measure, language_), figure.part,
         in_words(quantity, language_, figure.ends), CellNumber{quantity.value},
         CellNumber{quantity.upper}, quantity.unit, quantity.period,
         when_in_words(view_.event(figure.from.back()), figure.bounds, language_, Wording::name),
         figure.bounds.earliest, figure.bounds.latest, event_ids(view_, figure.from)});
  }

  /// Each once, with the events that it tells of.
  void add_sources() {
    std::vector<std::pair<const Source*, std::vector<std::string_view>>> sources;
    for (const TimelineMark& mark : view_.marks) {
      const Event& event = view_.event(mark.revision);
      for (const Source& source : event.sources) {
        const auto known =
            std::ranges::find_if(sources, [&](const auto& each) { return *each.first == source; });
        if (known == sources.end())
          sources.push_back({&source, {event.id}});
        else
          known->second.push_back(event.id);
      }
    }
    for (const auto& [source, events] : sources) {
      const auto date = parse_edtf(source->published);
      const Bounds bounds = date ? date->bounds : Bounds{};
      add(kSourcesSheet, {source->publisher.in(language_), source->published, bounds.earliest,
                          bounds.latest, CellLink{source->url}, source->note.in(language_),
                          fmt::format("{}", fmt::join(events, "; "))});
    }
  }

  const SubjectView& view_;
  Language language_;
  SheetRows rows_;
};

struct SheetColumns {
  std::string_view name;
  std::vector<std::string_view> columns;  // behind the subject and its name
};

std::array<SheetColumns, kSheets> sheets() {
  constexpr std::string_view kFrom = message("First day");
  constexpr std::string_view kUntil = message("Last day");
  return {{{message("Board"),
            {message("Kind"), message("Region"), message("Country"), message("Partners"),
             message("Status"), message("Certainty"), message("Since"), kFrom, kUntil,
             message("Events")}},
           {message("Timeline"),
            {message("When"), kFrom, kUntil, message("What"), message("Part"), message("State"),
             message("Title"), message("Parties"), message("Known since"), message("Source"),
             message("Event"), message("Position")}},
           {message("Plans"),
            {message("When"), kFrom, kUntil, message("What"), message("Part"), message("State"),
             message("Days late, least"), message("Days late, most"), message("Title"),
             message("Known since"), message("Source"), message("Event")}},
           {message("Figures"),
            {message("Measure"), message("Part"), message("In words"), message("Value"),
             message("Upper value"), message("Unit"), message("Period"), message("When"), kFrom,
             kUntil, message("Events")}},
           {message("Sources"),
            {message("Publisher"), message("Published"), kFrom, kUntil, message("Address"),
             message("Note"), message("Events")}}}};
}

}  // namespace

Result<void> xlsx_report(const Report& report, const Sink& sink) {
  auto book = Workbook::make();
  if (!book) return std::unexpected(book.error());
  const auto word = [&](std::string_view english) {
    return std::string(translate(report.language(), english));
  };
  for (const SheetColumns& each : sheets()) {
    std::vector<std::string> columns{word("Subject"), word("Name")};
    for (const std::string_view column : each.columns) columns.push_back(word(column));
    book->add_sheet(word(each.name), columns);
  }
  auto ok = report.each(
      [&](const SubjectView& view) {
        return report.shows(view) ? std::move(SubjectRows(view, report).rows()) : SheetRows{};
      },
      [&](SheetRows&& rows) {
        for (std::size_t sheet = 0; sheet < kSheets; ++sheet)
          for (const SheetRow& row : rows.at(sheet)) book->add_row(sheet, row);
      });
  if (!ok) return ok;
  return book->finish(sink);
}

Result<void> xlsx_timeline(const Report& report, const Sink& sink) {
  return csv_as_xlsx(
      std::string(translate(report.language(), "Timeline")),
      [&](const Sink& csv) { return csv_timeline(report, csv); }, sink);
}

Result<void> xlsx_changes(const Differences& differences, Language language, const Sink& sink) {
  return csv_as_xlsx(
      std::string(translate(language, "Changes")),
      [&](const Sink& csv) { return csv_changes(differences, language, csv); }, sink);
}

}  // namespace solnoma
