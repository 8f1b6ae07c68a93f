#include "tools/report/files/oc4ids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "events/text/text.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/report/words/countries.hpp"
#include "tools/report/words/phrases.hpp"
#include "tools/report/words/quantities.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kMidnight = "T00:00:00Z";
constexpr std::string_view kScheme = "OC4IDS";

/// The standard's word for a stage; empty: it has none.
std::string_view stage_word(Stage stage) {
  constexpr std::array<std::string_view, 6> kWords = {
      "", "identification", "preparation", "implementation", "completion", "maintenance"};
  return kWords.at(static_cast<std::size_t>(stage));
}

class ProjectWriter {
 public:
  ProjectWriter(const SubjectView& view, const Vantage& vantage, Language language)
      : view_(view), vantage_(vantage), language_(language) {
    if (view.description) description_ = *view.description;
  }

  std::string write() {
    json_.begin_object();
    text("id", id());
    text("updated", moment(updated()));
    text("title", view_.name(language_));
    const Revision described = described_by(view_.events, view_.effective);
    if (described.value != 0) text("description", view_.event(described).note.in(language_));
    text("status", status());
    write_description();
    write_milestones();
    write_figures();
    write_documents();
    json_.end_object();
    return std::string(json_.text());
  }

 private:
  static std::string moment(Day day) {
    return is_calendar_day(day) ? to_string(day) + std::string(kMidnight) : std::string();
  }

  /// Nothing where it is empty: the standard has no empty texts.
  void text(std::string_view key, std::string_view value) {
    if (!value.empty()) json_.key(key).text(value);
  }

  /// A list under a key, which is not there where nothing comes into it.
  template <class List, class Write>
  void list(std::string_view key, const List& entries, const Write& write) {
    if (std::ranges::empty(entries)) return;
    json_.key(key).begin_array();
    std::size_t number = 0;
    for (const auto& entry : entries) {
      json_.begin_object();
      write(entry, fmt::format("{}", ++number));
      json_.end_object();
    }
    json_.end_array();
  }

  std::string id() const {
    const auto own = std::ranges::find(description_.identifiers, kScheme, &Identifier::scheme);
    return own != description_.identifiers.end() ? own->id : view_.subject;
  }

  Day updated() const {
    Day newest = kOpenPast;
    for (const Row& row : view_.rows)
      if (is_visible(row.known, row.position(), vantage_)) newest = std::max(newest, row.known);
    return newest;
  }

  std::string_view status() const {
    switch (view_.status.status) {
      case Status::cancelled:
        return "cancelled";
      case Status::retired:
        return "decommissioned";
      case Status::suspended: {
        Stage stage = Stage::announced;
        for (const TimelineMark& mark : view_.marks)
          if (const EventType type = event_type(mark.type);
              mark.happened == Happened::certainly && type.effect == Effect::raise)
            stage = std::max(stage, type.stage);
        return stage_word(stage);
      }
      default:
        return stage_word(static_cast<Stage>(view_.status.status));
    }
  }

  void write_description() {
    std::vector<Identifier> others;
    for (const Identifier& each : description_.identifiers)
      if (each.scheme != kScheme) others.push_back(each);
    list("identifiers", others, [&](const Identifier& each, const std::string&) {
      text("id", each.id);
      text("scheme", each.scheme);
    });
    list("additionalClassifications", description_.sectors,
         [&](const LocalText& sector, const std::string&) {
           text("scheme", "solnoma");
           text("id", sector.in(language_));
           text("description", sector.in(language_));
         });
    list("parties", description_.partners, [&](const Partner& partner, const std::string& number) {
      text("id", partner.id.empty() ? number : partner.id);
      text("name", partner.name.in(language_));
      if (partner.role.empty()) return;
      json_.key("roles").begin_array();
      json_.text(partner.role);
      json_.end_array();
    });
    write_location();
    if (description_.part_of.empty()) return;
    list("relatedProjects", std::array{description_.part_of},
         [&](const std::string& whole, const std::string& number) {
           text("id", number);
           text("identifier", whole);
           text("relationship", "partOf");
         });
  }

  void write_location() {
    const Description& d = description_;
    const bool has_geometry =
        !d.geometry.empty() && d.geometry.find("GeometryCollection") == std::string::npos;
    const std::string& region = d.region.in(language_);
    if (region.empty() && d.country.empty() && d.latitude.empty() && !has_geometry) return;
    list("locations", std::array{0}, [&](int, const std::string& number) {
      text("id", number);
      if (has_geometry) {
        json_.key("geometry").raw_object(d.geometry);
      } else if (!d.latitude.empty()) {
        json_.key("geometry").begin_object();
        text("type", "Point");
        json_.key("coordinates").begin_array();
        json_.decimal(d.longitude);
        json_.decimal(d.latitude);
        json_.end_array();
        json_.end_object();
      }
      if (region.empty() && d.country.empty()) return;
      json_.key("address").begin_object();
      text("region", region);
      if (!d.country.empty()) text("countryName", country_name(d.country, language_));
      json_.end_object();
    });
  }

  /// What a milestone is, whether it happened or is planned.
  void write_event(Revision revision, TypeCode type) {
    const Event& event = view_.event(revision);
    text("id", event.id);
    text("title", title(event, language_));
    text("code", event_type(type).name);
    std::string said = event.occurred;
    if (const std::string& note = event.note.in(language_); !note.empty())
      said += (said.empty() ? "" : "; ") + note;
    text("description", said);
  }

  [[nodiscard]] std::string due(Revision met_by) const {
    const auto plan = std::ranges::find(view_.plans, met_by, &Plan::met_by);
    return plan != view_.plans.end() && plan->state == PlanState::met ? moment(plan->target.latest)
                                                                      : std::string();
  }

  void write_milestones() {
    std::vector<TimelineMark> happened;
    for (const TimelineMark& mark : view_.marks)
      if (mark.happened == Happened::certainly && event_type(mark.type).effect != Effect::none)
        happened.push_back(mark);
    std::vector<Plan> planned;
    for (const Plan& plan : view_.plans)
      if ((plan.state == PlanState::pending || plan.state == PlanState::overdue ||
           plan.state == PlanState::lapsed) &&
          event_type(plan.type).effect != Effect::none)
        planned.push_back(plan);
    if (happened.empty() && planned.empty()) return;
    json_.key("milestones").begin_array();
    for (const TimelineMark& mark : happened) {
      json_.begin_object();
      write_event(mark.revision, mark.type);
      text("dueDate", due(mark.revision));
      text("dateMet", moment(mark.bounds.latest));
      text("status", "met");
      json_.end_object();
    }
    for (const Plan& plan : planned) {
      json_.begin_object();
      write_event(plan.revision, plan.type);
      text("dueDate", moment(plan.target.latest));
      text("status", plan.state == PlanState::lapsed ? "notMet" : "scheduled");
      json_.end_object();
    }
    json_.end_array();
  }

  void write_figures() {
    std::vector<const Figure*> metrics;
    const Figure* budget = nullptr;
    for (const Figure& figure : view_.figures) {
      const Quantity& q = figure.quantity;
      const bool is_money = q.unit.size() == 3 && std::ranges::all_of(q.unit, [](char c) {
                              return c >= 'A' && c <= 'Z';
                            });
      if (q.measure == "budget" && is_money && figure.part.empty() && q.period.empty() &&
          q.bound == Bound::exact && budget == nullptr)
        budget = &figure;
      else
        metrics.push_back(&figure);
    }
    if (budget != nullptr) {
      json_.key("budget").begin_object();
      json_.key("amount").begin_object();
      json_.key("amount").decimal(budget->quantity.value);
      text("currency", budget->quantity.unit);
      json_.end_object();
      json_.end_object();
    }
    list("metrics", metrics, [&](const Figure* figure, const std::string& number) {
      text("id", figure->quantity.measure);
      list("observations", std::array{figure}, [&](const Figure* each, const std::string&) {
        const Quantity& q = each->quantity;
        text("id", number);
        text("measure", q.value);
        json_.key("unit").begin_object();
        text("name", q.unit);
        json_.end_object();
        if (const auto period = parse_edtf(q.period); period &&
                                                      is_calendar_day(period->bounds.earliest) &&
                                                      is_calendar_day(period->bounds.latest)) {
          json_.key("period").begin_object();
          text("startDate", moment(period->bounds.earliest));
          text("endDate", moment(period->bounds.latest));
          json_.end_object();
        }
        std::string notes = q.bound == Bound::exact ? "" : phrase(q, language_, each->ends);
        if (!each->part.empty()) notes += (notes.empty() ? "" : "; ") + each->part;
        text("notes", notes);
      });
    });
  }

  void write_documents() {
    std::vector<const Source*> documents;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < view_.rows.size(); ++i)
      if (is_visible(view_.rows[i].known, view_.rows[i].position(), vantage_))
        for (const Source& source : view_.events[i].event.sources)
          if (!source.url.empty() && seen.insert(source.url).second) documents.push_back(&source);
    list("documents", documents, [&](const Source* source, const std::string& number) {
      text("id", number);
      const std::string& note = source->note.in(language_);
      text("title", one_line(note.empty() ? source->publisher.in(language_) : note));
      text("url", source->url);
      if (day_from_text(source->published)) text("datePublished", source->published + "T00:00:00Z");
      text("author", source->publisher.in(language_));
    });
  }

  const SubjectView& view_;
  const Vantage& vantage_;
  Language language_;
  Description description_;
  JsonWriter json_;
};

}  // namespace

Result<void> oc4ids_package(const Report& report, const Sink& sink) {
  const auto head = report.head();
  if (!head) return std::unexpected(head.error());
  JsonWriter json;
  json.begin_object();
  json.key("version").text("0.9");
  json.key("uri").text("urn:solnoma:" + to_string(*head));
  json.key("publishedDate").text(to_string(report.vantage().as_of) + std::string(kMidnight));
  json.key("publisher").begin_object();
  json.key("name").text("solnoma");
  json.end_object();
  sink(json.text());
  sink(",\"projects\":[");
  bool is_first = true;
  const auto write = [&](const SubjectView& view) {
    return report.shows(view) && has_status(view.subject)
               ? ProjectWriter(view, report.vantage(), report.language()).write()
               : std::string();
  };
  const auto take = [&](const std::string& project) {
    if (project.empty()) return;
    if (!is_first) sink(",\n");
    is_first = false;
    sink(project);
  };
  if (auto ok = report.each(write, take); !ok) return ok;
  if (is_first)
    return fail(Errc::invalid,
                "no project is seen from this vantage, and a package has one at least",
                "ask of other subjects, or of a later day");
  sink("]}\n");
  return {};
}

}  // namespace solnoma
