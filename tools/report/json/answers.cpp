#include "tools/report/json/answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/event_type.hpp"
#include "events/subject.hpp"

namespace solnoma {
namespace {

Json number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

Json optional_number(const std::optional<std::int64_t>& value) {
  return value ? Json(*value) : Json();
}

Json text(const std::string& value) {
  return value.empty() ? Json() : Json(value);
}

Json local(const LocalText& value) {
  Json::Object fields;
  if (!value.en.empty()) fields.emplace_back("en", value.en);
  if (!value.ru.empty()) fields.emplace_back("ru", value.ru);
  if (!value.uz.empty()) fields.emplace_back("uz", value.uz);
  return fields.empty() ? Json() : Json(std::move(fields));
}

Json bounds(Bounds value) {
  return Json::Object{{"earliest", json_day(value.earliest)}, {"latest", json_day(value.latest)}};
}

Json ids(const SubjectView& view, const std::vector<Revision>& revisions) {
  Json::Array items;
  for (const Revision revision : revisions) items.emplace_back(view.event(revision).id);
  return items;
}

Json id(const SubjectView& view, Revision revision) {
  return revision.value == 0 ? Json() : Json(view.event(revision).id);
}

Json possible(const StatusAt& status) {
  Json::Array items;
  for (std::size_t i = 0; i < kStatuses; ++i)
    if (status.possible.test(i)) items.emplace_back(name(static_cast<Status>(i)));
  return items;
}

Json::Object quantity(const Quantity& value) {
  Json::Object fields{{"measure", value.measure},
                      {"value", value.value},
                      {"unit", value.unit},
                      {"bound", name(value.bound)}};
  if (!value.period.empty()) fields.emplace_back("period", value.period);
  return fields;
}

Json quantities(const std::vector<Quantity>& values) {
  Json::Array items;
  for (const Quantity& value : values) items.emplace_back(quantity(value));
  return items;
}

Json plan(const SubjectView& view, const Plan& value) {
  const Event& event = view.event(value.revision);
  Json::Object fields{
      {"type", event.type},
      {"event", event.id},
      {"target", text(event.occurred)},
      {"state", name(value.state)},
      {"known", json_day(value.known)},
      {"baseline", id(view, value.baseline)},
      {"metBy", id(view, value.met_by)},
      {"droppedBy", id(view, value.dropped_by)},
  };
  if (value.met_by.value != 0)
    fields.emplace_back("slippageDays",
                        Json::Object{{"least", optional_number(value.slippage.least)},
                                     {"most", optional_number(value.slippage.most)}});
  return fields;
}

Json sources(const Event& event) {
  Json::Array items;
  for (const Source& source : event.sources) {
    Json::Object fields;
    if (!source.publisher.empty()) fields.emplace_back("publisher", source.publisher);
    if (!source.published.empty()) fields.emplace_back("published", source.published);
    if (!source.url.empty()) fields.emplace_back("url", source.url);
    if (!source.note.empty()) fields.emplace_back("note", source.note);
    items.emplace_back(std::move(fields));
  }
  return items;
}

/// The event itself, as far as one needs it to cite it.
Json::Object cited(const SubjectView& view, Revision revision) {
  const StoredEvent& stored = view.stored(revision);
  const Event& event = stored.event;
  return {{"event", event.id},
          {"source", event.source},
          {"position", number(stored.position.value)},
          {"type", event.type},
          {"modality", event.modality == Modality::planned ? "planned" : "actual"},
          {"occurred", text(event.occurred)},
          {"known", json_day(event.known)},
          {"title", local(event.title)},
          {"note", text(event.note)},
          {"sources", sources(event)}};
}

Json status_fields(const SubjectView& view) {
  const bool has = has_status(view.subject);
  const StatusAt& status = view.status;
  Json::Array plans;
  for (const Plan& each : view.plans) plans.push_back(plan(view, each));
  Json::Array figures;
  for (const Figure& figure : view.figures) {
    auto fields = quantity(figure.quantity);
    fields.emplace_back("asOf", bounds(figure.bounds));
    fields.emplace_back("because", ids(view, figure.from));
    figures.emplace_back(std::move(fields));
  }
  return Json::Object{
      {"subject", view.subject},
      {"name", view.description ? local(view.description->names) : Json()},
      {"status", has ? Json(name(status.status)) : Json()},
      {"certain", has ? Json(status.certain()) : Json()},
      {"possible", has ? possible(status) : Json(Json::Array{})},
      {"since", has && status.rule != Rule::nothing_recorded ? bounds(status.since) : Json()},
      {"because", has ? ids(view, status.because) : Json(Json::Array{})},
      {"plans", std::move(plans)},
      {"quantities", std::move(figures)},
  };
}

Json timeline_fields(const SubjectView& view) {
  Json::Array marks;
  for (const TimelineMark& mark : view.marks) {
    auto fields = cited(view, mark.revision);
    fields.emplace_back("bounds", bounds(mark.bounds));
    fields.emplace_back("happened", name(mark.happened));
    const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
    if (plan != view.plans.end()) fields.emplace_back("state", name(plan->state));
    fields.emplace_back("quantities", quantities(view.event(mark.revision).quantities));
    marks.emplace_back(std::move(fields));
  }
  return Json::Object{{"subject", view.subject},
                      {"name", view.description ? local(view.description->names) : Json()},
                      {"marks", std::move(marks)}};
}

}  // namespace

Json json_day(Day day) {
  return is_calendar_day(day) ? Json(to_string(day)) : Json();
}

Json json_vantage(const Vantage& vantage) {
  return Json::Object{{"asOf", json_day(vantage.as_of)},
                      {"knownBy", json_day(vantage.known_by)},
                      {"position", number(vantage.at.value)}};
}

Json json_status(const Vantage& vantage, const std::vector<SubjectView>& views) {
  Json::Array subjects;
  for (const SubjectView& view : views) subjects.push_back(status_fields(view));
  return Json::Object{{"vantage", json_vantage(vantage)}, {"subjects", std::move(subjects)}};
}

Outcome json_timeline(const Report& report, const Sink& sink) {
  sink(fmt::format("{{\"vantage\":{},\"subjects\":[", json_vantage(report.vantage()).print()));
  bool first = true;
  auto ok = report.each(
      [&](const SubjectView& view) {
        return report.shows_marks(view) ? timeline_fields(view).print() : std::string();
      },
      [&](const std::string& text) {
        if (text.empty()) return;
        if (!first) sink(",");
        first = false;
        sink(text);
      });
  sink("]}\n");
  return ok;
}

Json json_explanation(const Vantage& vantage, const SubjectView& view,
                      const Explanation& explanation) {
  Json::Array evidence;
  for (const Evidence& each : explanation.evidence) {
    auto fields = cited(view, each.revision);
    fields.emplace_back("verdict", name(each.verdict));
    if (each.superseded_by.value != 0)
      fields.emplace_back("supersededBy", id(view, each.superseded_by));
    evidence.emplace_back(std::move(fields));
  }
  return Json::Object{{"vantage", json_vantage(vantage)},
                      {"explanation", Json::Object{{"status", status_fields(view)},
                                                   {"rule", name(explanation.status.rule)},
                                                   {"lastNews", json_day(explanation.last_news)},
                                                   {"silent", explanation.silent},
                                                   {"evidence", std::move(evidence)}}}};
}

Json json_diff(const Vantage& from, const Vantage& to, const std::vector<DiffView>& views) {
  Json::Array subjects;
  for (const auto& [view, diff] : views) {
    const auto side = [](const StatusAt& status) {
      return Json::Object{{"status", name(status.status)},
                          {"certain", status.certain()},
                          {"possible", possible(status)}};
    };
    Json::Array events;
    for (const EventChange& change : diff.events) {
      auto fields = cited(view, change.revision);
      fields.emplace_back("change", name(change.change));
      if (change.superseded_by.value != 0)
        fields.emplace_back("supersededBy", id(view, change.superseded_by));
      events.emplace_back(std::move(fields));
    }
    Json::Array plans;
    for (const PlanChange& change : diff.plans)
      plans.emplace_back(Json::Object{{"event", id(view, change.plan.revision)},
                                      {"type", view.event(change.plan.revision).type},
                                      {"from", name(change.before)},
                                      {"to", name(change.plan.state)}});
    const bool has = has_status(view.subject);
    subjects.emplace_back(
        Json::Object{{"subject", view.subject},
                     {"before", has ? Json(side(diff.before)) : Json()},
                     {"after", has ? Json(side(diff.after)) : Json()},
                     {"because", has ? ids(view, diff.after.because) : Json(Json::Array{})},
                     {"events", std::move(events)},
                     {"plans", std::move(plans)}});
  }
  return Json::Object{
      {"from", json_vantage(from)}, {"to", json_vantage(to)}, {"subjects", std::move(subjects)}};
}

}  // namespace solnoma
