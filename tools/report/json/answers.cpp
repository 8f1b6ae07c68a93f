#include "tools/report/json/answers.hpp"

#include <algorithm>
#include <optional>

#include "engine/base/parallel.hpp"
#include "events/edtf/edtf_reading.hpp"
#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "tools/report/json/ends.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/report/view/parallel_in_order.hpp"

namespace solnoma {
namespace {

/// The parts of all answers, in the order in which these have them.
class AnswerJson {
 public:
  void vantage(std::string_view key, const Vantage& vantage) {
    json_.key(key).begin_object();
    json_.key("asOf").day(vantage.as_of);
    json_.key("knownBy").day(vantage.known_by);
    json_.key("position").count(vantage.at.value);
    json_.end_object();
  }

  void status_of(const SubjectView& view) {
    const bool has = has_status(view.subject);
    const StatusAt& status = view.status;
    json_.begin_object();
    json_.key("subject").text(view.subject);
    name_of(view);
    json_.key("status");
    has ? json_.text(name(status.status)) : json_.null();
    json_.key("certain");
    has ? json_.boolean(status.certain()) : json_.null();
    possible(has ? status : StatusAt{});
    json_.key("since");
    has ? since(status) : json_.null();
    ids("because", view, has ? status.because : std::vector<Revision>{});
    if (has) field("label", view.label());
    json_.key("plans").begin_array();
    for (const Plan& each : view.plans) plan(view, each);
    json_.end_array();
    json_.key("quantities").begin_array();
    for (const Figure& figure : view.figures) {
      json_.begin_object();
      quantity(figure.quantity, figure.ends);
      if (figure.flow) json_.key("flow").boolean(true);
      field("part", figure.part);
      json_.key("asOf");
      bounds(figure.bounds);
      ids("because", view, figure.from);
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void plan_of(const SubjectView& view, const Plan& each) {
    json_.begin_object();
    json_.key("subject").text(view.subject);
    name_of(view);
    plan_fields(view, each);
    json_.end_object();
  }

  void board_line(const BoardLine& line) {
    json_.begin_object();
    json_.key("subject").text(line.subject);
    json_.key("status").text(name(line.status.status));
    json_.key("certain").boolean(line.status.certain());
    possible(line.status);
    json_.key("since");
    since(line.status);
    json_.key("becauseAt").begin_array();
    for (const Position position : line.because) json_.count(position.value);
    json_.end_array();
    json_.end_object();
  }

  void marks_of(const SubjectView& view) {
    json_.begin_object();
    json_.key("subject").text(view.subject);
    name_of(view);
    json_.key("marks").begin_array();
    for (const TimelineMark& mark : view.marks) {
      json_.begin_object();
      cited(view, mark.revision);
      json_.key("bounds");
      bounds(mark.bounds);
      json_.key("happened").text(name(mark.happened));
      const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
      if (plan != view.plans.end()) json_.key("state").text(name(plan->state));
      quantities(view.event(mark.revision));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void evidence(const SubjectView& view, const Evidence& evidence) {
    json_.begin_object();
    cited(view, evidence.revision);
    json_.key("verdict").text(name(evidence.verdict));
    superseded_by(view, evidence.superseded_by);
    json_.end_object();
  }

  void difference(const DiffView& each) {
    const auto& [view, diff] = each;
    const bool has = has_status(view.subject);
    json_.begin_object();
    json_.key("subject").text(view.subject);
    side("before", has, diff.before);
    side("after", has, diff.after);
    ids("because", view, has ? diff.after.because : std::vector<Revision>{});
    json_.key("events").begin_array();
    for (const EventChange& change : diff.events) {
      json_.begin_object();
      cited(view, change.revision);
      json_.key("change").text(name(change.change));
      if (change.ahead) json_.key("notYetHappened").boolean(true);
      version("was", view, change.was);
      version("by", view, change.by);
      json_.end_object();
    }
    json_.end_array();
    json_.key("plans").begin_array();
    for (const PlanChange& change : diff.plans) {
      json_.begin_object();
      id("event", view, change.plan.revision);
      json_.key("type").text(view.event(change.plan.revision).type);
      json_.key("from").text(name(change.before));
      json_.key("to").text(name(change.plan.state));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  [[nodiscard]] JsonWriter& json() { return json_; }
  [[nodiscard]] std::string_view text() const { return json_.text(); }
  /// The whole answer, as a line.
  [[nodiscard]] std::string line() const { return std::string(json_.text()) + "\n"; }

 private:
  void bounds(Bounds value) {
    json_.begin_object();
    json_.key("earliest").day(value.earliest);
    json_.key("latest").day(value.latest);
    json_.end_object();
  }

  void since(const StatusAt& status) {
    status.rule == Rule::nothing_recorded ? json_.null() : bounds(status.since);
  }

  void possible(const StatusAt& status) {
    json_.key("possible").begin_array();
    for (std::size_t i = 0; i < kStatuses; ++i)
      if (status.possible.test(i)) json_.text(name(static_cast<Status>(i)));
    json_.end_array();
    if (!status.exact) json_.key("possibleExact").boolean(false);
  }

  void ids(std::string_view key, const SubjectView& view, const std::vector<Revision>& revisions) {
    json_.key(key).begin_array();
    for (const Revision revision : revisions) json_.text(view.event(revision).id);
    json_.end_array();
  }

  void id(std::string_view key, const SubjectView& view, Revision revision) {
    json_.key(key);
    revision.value == 0 ? json_.null() : json_.text(view.event(revision).id);
  }

  void superseded_by(const SubjectView& view, Revision revision) {
    if (revision.value != 0) id("supersededBy", view, revision);
  }

  /// Another event of the same piece of news, to be cited.
  void version(std::string_view key, const SubjectView& view, Revision revision) {
    if (revision.value == 0) return;
    json_.key(key).begin_object();
    cited(view, revision);
    json_.end_object();
  }

  void local(std::string_view key, const LocalText& text) {
    json_.key(key);
    if (text.empty()) return json_.null();
    json_.begin_object();
    for (const LocalPlace& each : kLocalTexts) field(each.tag, text.*each.text);
    for (const TaggedText& other : text.others) field(other.language, other.text);
    json_.end_object();
  }

  void name_of(const SubjectView& view) {
    static const LocalText kNone;
    local("name", view.description ? view.description->names : kNone);
  }

  void quantity(const Quantity& value, Ends ends = {}) {
    json_.key("measure").text(value.measure);
    json_.key("value").text(value.value);
    field("upper", value.upper);
    write_ends(json_, ends);
    json_.key("unit").text(value.unit);
    json_.key("bound").text(name(value.bound));
    if (!value.period.empty()) json_.key("period").text(value.period);
  }

  /// As the event tells them.
  void quantities(const Event& event) {
    json_.key("quantities").begin_array();
    for (const Quantity& each : event.quantities) {
      json_.begin_object();
      quantity(each);
      if (each.accrual != Accrual::by_measure)
        json_.key("flow").boolean(each.accrual == Accrual::flow);
      json_.end_object();
    }
    json_.end_array();
  }

  void plan(const SubjectView& view, const Plan& plan) {
    json_.begin_object();
    plan_fields(view, plan);
    json_.end_object();
  }

  void plan_fields(const SubjectView& view, const Plan& plan) {
    const Event& event = view.event(plan.revision);
    json_.key("type").text(event.type);
    if (!event.part.empty()) json_.key("part").text(event.part);
    json_.key("event").text(event.id);
    json_.key("target").text_or_null(event.occurred);
    json_.key("state").text(name(plan.state));
    json_.key("known").day(plan.known);
    id("baseline", view, plan.baseline);
    id("metBy", view, plan.met_by);
    id("movedTo", view, plan.moved_to);
    id("droppedBy", view, plan.dropped_by);
    interval("slippageDays", plan.met_by, plan.slippage);
    interval("movedByDays", plan.moved_to, plan.moved_by);
    if (!event.quantities.empty()) quantities(event);
  }

  /// Days up to an event; left out where there is none.
  void interval(std::string_view key, Revision event, const Slippage& value) {
    if (event.value == 0) return;
    json_.key(key).begin_object();
    days("least", value.least);
    days("most", value.most);
    json_.end_object();
  }

  void days(std::string_view key, const std::optional<std::int64_t>& value) {
    json_.key(key);
    value ? json_.number(*value) : json_.null();
  }

  void sources(const Event& event) {
    json_.key("sources").begin_array();
    for (const Source& source : event.sources) {
      json_.begin_object();
      local_or_plain("publisher", source.publisher);
      field("published", source.published);
      field("url", source.url);
      local_or_plain("note", source.note);
      json_.end_object();
    }
    json_.end_array();
  }

  /// As in the exchange format: plain where nobody says its language. Left out where it is empty.
  void local_or_plain(std::string_view key, const LocalText& text) {
    if (const std::string* plain = text.plain())
      json_.key(key).text(*plain);
    else if (!text.empty())
      local(key, text);
  }

  /// Left out where it is empty.
  void field(std::string_view key, const std::string& value) {
    if (!value.empty()) json_.key(key).text(value);
  }

  /// The event itself, as far as one needs it to cite it.
  void cited(const SubjectView& view, Revision revision) {
    const StoredEvent& stored = view.stored(revision);
    const Event& event = stored.event;
    json_.key("event").text(event.id);
    json_.key("source").text(event.source);
    json_.key("position").count(stored.position.value);
    json_.key("type").text(event.type);
    json_.key("modality").text(event.modality == Modality::planned ? "planned" : "actual");
    json_.key("occurred").text_or_null(event.occurred);
    json_.key("known").day(event.known);
    field("supersedes", event.supersedes);
    local("title", event.title);
    field("label", event.label);
    field("part", event.part);
    if (!event.fulfils.empty()) {
      json_.key("fulfils").begin_array();
      for (const std::string& id : event.fulfils) json_.text(id);
      json_.end_array();
    }
    if (event.note.empty()) json_.key("note").null();
    local_or_plain("note", event.note);
    sources(event);
  }

  /// One of the two statuses that differ; null for a subject that has none.
  void side(std::string_view key, bool has, const StatusAt& status) {
    json_.key(key);
    if (!has) return json_.null();
    json_.begin_object();
    json_.key("status").text(name(status.status));
    json_.key("certain").boolean(status.certain());
    possible(status);
    json_.end_object();
  }

  JsonWriter json_;
};

/// An answer with an array of subjects, written as these come.
class SubjectsJson {
 public:
  explicit SubjectsJson(const Sink& sink) : sink_(sink) { answer_.json().begin_object(); }

  [[nodiscard]] AnswerJson& answer() { return answer_; }  ///< for what comes before the subjects
  void begin() {
    answer_.json().key("subjects").begin_array();
    flush();
  }
  /// `subject`: an object, or nothing.
  void add(const std::string& subject) {
    if (subject.empty()) return;
    answer_.json().raw_object(subject);
    flush();
  }
  void end() {
    answer_.json().end_array();
    answer_.json().end_object();
    flush();
    sink_("\n");
  }

 private:
  void flush() {
    sink_(answer_.json().text());
    answer_.json().clear();
  }

  const Sink& sink_;
  AnswerJson answer_;
};

/// A report's subjects, each as `write(view, AnswerJson&)` tells of it, if at all.
template <class Write>
Result<void> json_of(const Report& report, const Sink& sink, Shown shown, const Write& write) {
  SubjectsJson json(sink);
  json.answer().vantage("vantage", report.vantage());
  json.begin();
  auto ok = report.each(
      [&](const SubjectView& view) {
        AnswerJson part;
        write(view, part);
        return std::string(part.text());
      },
      [&](const std::string& text) { json.add(text); }, shown);
  json.end();
  return ok;
}

}  // namespace

Result<void> json_status(const Report& report, const Sink& sink) {
  return json_of(report, sink, Shown::status, [&](const SubjectView& view, AnswerJson& part) {
    if (report.shows(view)) part.status_of(view);
  });
}

std::string json_board_from_index(const Vantage& vantage, const std::vector<BoardLine>& board) {
  constexpr std::size_t kShare = 1'000;
  std::vector<std::string> parts((board.size() + kShare - 1) / kShare);
  parallel_for(parts.size(), usual_threads(), [&](std::size_t i) {
    AnswerJson part;
    part.json().begin_array();
    const std::size_t end = std::min((i + 1) * kShare, board.size());
    for (std::size_t n = i * kShare; n < end; ++n) part.board_line(board[n]);
    parts[i] = part.text().substr(1);  // what stands within the brackets
  });
  AnswerJson answer;
  JsonWriter& json = answer.json();
  json.begin_object();
  answer.vantage("vantage", vantage);
  json.key("subjects").begin_array();
  for (const std::string& part : parts) json.raw_object(part);
  json.end_array();
  json.end_object();
  return answer.line();
}

std::string json_explanation(const Vantage& vantage, const SubjectView& view,
                             const Explanation& explanation) {
  AnswerJson answer;
  JsonWriter& json = answer.json();
  json.begin_object();
  answer.vantage("vantage", vantage);
  json.key("explanation").begin_object();
  json.key("status");
  answer.status_of(view);
  json.key("rule").text(name(explanation.status.rule));
  json.key("lastNews").day(explanation.last_news);
  json.key("silent").boolean(explanation.silent);
  json.key("evidence").begin_array();
  for (const Evidence& each : explanation.evidence) answer.evidence(view, each);
  json.end_array();
  json.end_object();
  json.end_object();
  return answer.line();
}

std::string json_plan(const SubjectView& view, const Plan& plan) {
  AnswerJson answer;
  answer.plan_of(view, plan);
  return std::string(answer.text());
}

std::string json_plans_head(const Vantage& vantage) {
  AnswerJson answer;
  JsonWriter& json = answer.json();
  json.begin_object();
  answer.vantage("vantage", vantage);
  json.key("plans").begin_array();
  return std::string(answer.text());
}

Result<void> json_diff(const Differences& differences, const Sink& sink) {
  SubjectsJson json(sink);
  json.answer().vantage("from", differences.from());
  json.answer().vantage("to", differences.to());
  json.begin();
  auto ok = differences.each(
      [](const DiffView& each) {
        AnswerJson part;
        part.difference(each);
        return std::string(part.text());
      },
      [&](const std::string& text) { json.add(text); });
  json.end();
  return ok;
}

std::string json_date(std::string_view text, const Edtf& date) {
  JsonWriter json;
  json.begin_object();
  json.key("edtf").text(text);
  json.key("level").number(date.level);
  json.key("earliest").day(date.bounds.earliest);
  json.key("latest").day(date.bounds.latest);
  json.key("uncertain").boolean(date.uncertain);
  json.key("approximate").boolean(date.approximate);
  if (const auto reading = edtf_reading(text)) {
    json.key("readAs").text(reading->words);
    if (!reading->instead.empty()) json.key("instead").text(reading->instead);
  }
  json.end_object();
  return std::string(json.text()) + "\n";
}

Result<void> json_timeline(const Report& report, const Sink& sink) {
  return json_of(report, sink, Shown::all, [&](const SubjectView& view, AnswerJson& part) {
    if (report.shows_marks(view)) part.marks_of(view);
  });
}

}  // namespace solnoma
