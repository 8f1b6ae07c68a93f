#include "tools/report/json/report_data.hpp"

#include <algorithm>
#include <map>

#include "events/event_type.hpp"
#include "events/json/compact.hpp"
#include "events/subject.hpp"
#include "projections/all_days/answer_grid.hpp"
#include "projections/steps.hpp"
#include "tools/report/json/ends.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/words/countries.hpp"
#include "tools/report/words/description.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"
#include "tools/report/words/quantities.hpp"

namespace solnoma {
namespace {

/// What the log had of a subject at the position: later revisions are left out.
struct Recorded {
  const SubjectView& view;
  Rows rows;

  Recorded(const SubjectView& v, Position at)
      : view(v),
        rows(v.rows.data(),
             static_cast<std::size_t>(std::ranges::upper_bound(v.rows, at, {}, &Row::position) -
                                      v.rows.begin())) {}

  [[nodiscard]] const StoredEvent& stored(std::size_t index) const { return view.events[index]; }
};

using Labels = std::map<std::string, std::string>;

/// Writes one subject.
class SubjectJson {
 public:
  SubjectJson(JsonWriter& json, const Recorded& recorded, const Report& report, Labels& measures)
      : json_(json),
        recorded_(recorded),
        view_(recorded.view),
        selection_(report.selection()),
        at_(report.vantage().at),
        language_(report.language()),
        measures_(measures) {}

  void write() {
    json_.begin_object();
    json_.key("subject").text(view_.subject);
    json_.key("kind").text(kind_of(view_.subject));
    json_.key("hasStatus").boolean(has_status(view_.subject));
    describe(view_.description ? &*view_.description : nullptr, /*with_kind=*/false);
    events();
    sources();
    if (has_status(view_.subject))
      write_grid("status", status_grid(recorded_.rows, at_),
                 [this](const StatusAt& status) { answer(status); });
    else
      json_.key("status").null();
    write_grid("plans", plans_grid(recorded_.rows, plan_keys(view_.events), at_),
               [this](const std::vector<Plan>& plans) {
                 json_.begin_array();
                 for (const Plan& plan : plans) answer(plan);
                 json_.end_array();
               });
    write_grid("figures", figures_grid(view_.events, recorded_.rows, at_),
               [this](const std::vector<Figure>& figures) {
                 json_.begin_array();
                 for (const Figure& figure : figures) answer(figure);
                 json_.end_array();
               });
    described();
    json_.end_object();
  }

 private:
  void word(std::string_view key, const LocalText& text) {
    json_.key(key).text_or_null(text.in(language_));
  }

  void describe(const Description* d, bool with_kind) {
    static const Description kNothing;
    if (d == nullptr) d = &kNothing;
    word("name", d->names);
    if (with_kind) json_.key("kind").text_or_null(d->kind);
    word("region", d->region);
    json_.key("country").text_or_null(d->country);
    json_.key("countryName");
    d->country.empty() ? json_.null() : json_.text(country_name(d->country, language_));
    json_.key("place").text_or_null(place_in_words(*d, language_));
    json_.key("partner").text_or_null(partners_in_words(*d, language_));
    json_.key("facts").begin_array();
    for (const DescriptionFact& fact : description_in_words(*d, language_)) {
      json_.begin_array();
      json_.text(fact.name);
      json_.text(fact.text);
      json_.end_array();
    }
    json_.end_array();
    json_.key("sectors").begin_array();
    for (const LocalText& sector : d->sectors) json_.text(sector.in(language_));
    json_.end_array();
    json_.key("latitude").text_or_null(d->latitude);
    json_.key("longitude").text_or_null(d->longitude);
    register_entry(*d);
  }

  /// What programs take from a description, each only where it is told.
  void register_entry(const Description& d) {
    optional("partOf", d.part_of);
    list("identifiers", d.identifiers, [this](const Identifier& each) {
      json_.key("scheme").text(each.scheme);
      json_.key("id").text(each.id);
    });
    list("partners", d.partners, [this](const Partner& each) {
      json_.key("name").text(each.name.in(language_));
      optional("role", each.role);
      optional("share", each.share);
      optional("id", each.id);
    });
    if (is_json_object(d.geometry)) json_.key("geometry").raw_object(d.geometry);
  }

  void optional(std::string_view key, const std::string& text) {
    if (!text.empty()) json_.key(key).text(text);
  }

  /// A list of objects whose fields `write` writes; left out where it is empty.
  template <class Item, class Write>
  void list(std::string_view key, const std::vector<Item>& items, Write write) {
    if (items.empty()) return;
    json_.key(key).begin_array();
    for (const Item& item : items) {
      json_.begin_object();
      write(item);
      json_.end_object();
    }
    json_.end_array();
  }

  void reference(std::string_view key, Revision revision) {
    json_.key(key);
    revision.value == 0 ? json_.null() : json_.count(revision.value - 1);
  }
  void references(std::string_view key, const std::vector<Revision>& revisions) {
    json_.key(key).begin_array();
    for (const Revision revision : revisions) json_.count(revision.value - 1);
    json_.end_array();
  }
  void bounds(Bounds value) {
    json_.key("earliest").day(value.earliest);
    json_.key("latest").day(value.latest);
  }

  void quantity(const Quantity& value, Ends ends = {}) {
    measures_.try_emplace(value.measure, measure_in_words(value.measure, language_));
    json_.key("measure").text(value.measure);
    json_.key("value").text(value.value);
    if (!value.upper.empty()) json_.key("upper").text(value.upper);
    write_ends(json_, ends);
    json_.key("unit").text(value.unit);
    json_.key("bound").text(name(value.bound));
    json_.key("period").text_or_null(value.period);
    json_.key("periodText");
    value.period.empty() ? json_.null() : json_.text(period_in_words(value.period, language_));
    json_.key("text").text(in_words(value, language_, ends));
  }

  void events() {
    const auto held = standing_periods(recorded_.rows, at_);
    json_.key("events").begin_array();
    for (std::size_t i = 0; i < recorded_.rows.size(); ++i)
      event(recorded_.stored(i), recorded_.rows[i], held[i]);
    json_.end_array();
  }

  void event(const StoredEvent& stored, const Row& row, const std::vector<StandingPeriod>& held) {
    const Event& event = stored.event;
    const bool planned = event.modality == Modality::planned;
    json_.begin_object();
    json_.key("id").text(event.id);
    json_.key("source").text(event.source);
    json_.key("position").count(stored.position.value);
    json_.key("revision").count(stored.revision.value);
    json_.key("type").text(event.type);
    json_.key("modality").text(planned ? "planned" : "actual");
    json_.key("role").text(!step_of(row, {}) ? "none" : planned ? "plan" : "step");
    json_.key("part").text_or_null(event.part);
    json_.key("fulfils").begin_array();
    for (const std::string& id : event.fulfils) json_.text(id);
    json_.end_array();
    json_.key("occurred").text_or_null(event.occurred);
    json_.key("when").text(
        when_in_words(event, {row.earliest, row.latest}, language_, Wording::name));
    bounds({row.earliest, row.latest});
    json_.key("known").day(event.known);
    json_.key("recorded").text(to_string(stored.recorded));
    optional("recordedBy", stored.recorded_by);
    json_.key("title").text(title(event, language_));
    optional("label", event.label);
    json_.key("note").text_or_null(event.note.in(language_));
    json_.key("quantities").begin_array();
    for (const Quantity& each : event.quantities) {
      json_.begin_object();
      quantity(each);
      if (each.accrual != Accrual::by_measure)
        json_.key("flow").boolean(each.accrual == Accrual::flow);
      json_.end_object();
    }
    json_.end_array();
    json_.key("parties").begin_array();
    for (const LocalText& party : event.parties) json_.text(party.in(language_));
    json_.end_array();
    json_.key("sources").begin_array();
    for (const Source& source : event.sources) json_.count(number(source));
    json_.end_array();
    reference("supersedes", Revision{row.supersedes});
    standing(held);
    if (!selection_.takes(event.type, {row.earliest, row.latest}))
      json_.key("shown").boolean(false);
    json_.end_object();
  }

  void standing(const std::vector<StandingPeriod>& held) {
    const auto list = [&](std::string_view key, bool superseded) {
      json_.key(key).begin_array();
      for (const StandingPeriod& period : held) {
        if ((period.superseded_by.value != 0) != superseded) continue;
        json_.begin_array();
        json_.day(period.from);
        json_.day(period.to);
        if (superseded) json_.count(period.superseded_by.value - 1);
        json_.end_array();
      }
      json_.end_array();
    };
    list("effective", false);
    list("supersededBy", true);
  }

  /// A source's place among those of the subject.
  std::size_t number(const Source& source) {
    const auto same = std::ranges::find_if(sources_, [&](const Source* s) { return *s == source; });
    const auto place = static_cast<std::size_t>(same - sources_.begin());
    if (same == sources_.end()) sources_.push_back(&source);
    return place;
  }

  void sources() {
    json_.key("sources").begin_array();
    for (const Source* source : sources_) {
      json_.begin_object();
      json_.key("publisher").text_or_null(source->publisher.in(language_));
      json_.key("published").text_or_null(source->published);
      json_.key("url").text_or_null(source->url);
      json_.key("note").text_or_null(source->note.in(language_));
      json_.end_object();
    }
    json_.end_array();
  }

  void answer(const StatusAt& status) {
    json_.begin_object();
    json_.key("status").text(name(status.status));
    json_.key("possible").begin_array();
    for (std::size_t i = 0; i < kStatuses; ++i)
      if (status.possible.test(i)) json_.text(name(static_cast<Status>(i)));
    json_.end_array();
    if (!status.exact) json_.key("possibleExact").boolean(false);
    json_.key("since");
    if (status.rule == Rule::nothing_recorded) {
      json_.null();
    } else {
      json_.begin_object();
      bounds(status.since);
      json_.end_object();
    }
    json_.key("sinceText").text_or_null(since(view_, status, language_, Style::full));
    json_.key("rule").text(name(status.rule));
    references("because", status.because);
    if (!status.all_reasons) json_.key("becauseComplete").boolean(false);
    json_.end_object();
  }

  void answer(const Plan& plan) {
    json_.begin_object();
    reference("event", plan.revision);
    json_.key("type").text(view_.event(plan.revision).type);
    json_.key("part").text_or_null(view_.event(plan.revision).part);
    json_.key("target").text_or_null(view_.event(plan.revision).occurred);
    json_.key("state").text(name(plan.state));
    reference("baseline", plan.baseline);
    reference("metBy", plan.met_by);
    reference("movedTo", plan.moved_to);
    reference("droppedBy", plan.dropped_by);
    interval("slippage", plan.met_by, plan.slippage);
    interval("movedBy", plan.moved_to, plan.moved_by);
    json_.key("text").text(phrase(plan, language_));
    json_.end_object();
  }

  /// Days up to an event, where there is one.
  void interval(std::string_view key, Revision event, const Slippage& value) {
    json_.key(key);
    if (event.value == 0) {
      json_.null();
      return;
    }
    json_.begin_object();
    days("least", value.least);
    days("most", value.most);
    json_.end_object();
  }

  void days(std::string_view key, const std::optional<std::int64_t>& value) {
    json_.key(key);
    value ? json_.number(*value) : json_.null();
  }

  void answer(const Figure& figure) {
    json_.begin_object();
    quantity(figure.quantity, figure.ends);
    if (figure.flow) json_.key("flow").boolean(true);
    if (!figure.part.empty()) json_.key("part").text(figure.part);
    bounds(figure.bounds);
    references("because", figure.from);
    json_.end_object();
  }

  template <class Answer, class Write>
  void write_grid(std::string_view key, const AnswerGrid<Answer>& grid, const Write& write) {
    json_.key(key).begin_object();
    json_.key("answers").begin_array();
    for (const Answer& each : grid.answers) write(each);
    json_.end_array();
    json_.key("grid").begin_array();
    for (const auto& row : grid.rows) {
      json_.begin_array();
      json_.day(row.from);
      json_.begin_array();
      for (const auto& cell : row.cells) from(cell.from, cell.answer);
      json_.end_array();
      json_.end_array();
    }
    json_.end_array();
    json_.end_object();
  }

  void from(Day day, std::size_t answer) {
    json_.begin_array();
    json_.day(day);
    json_.count(answer);
    json_.end_array();
  }

  void described() {
    const auto described = descriptions(view_.events, recorded_.rows, at_);
    std::vector<Revision> answers;
    for (const Described& each : described)
      if (std::ranges::find(answers, each.by) == answers.end()) answers.push_back(each.by);
    json_.key("described").begin_object();
    json_.key("answers").begin_array();
    for (const Revision by : answers) {
      json_.begin_object();
      describe(by.value == 0 ? nullptr : &*view_.event(by).description, /*with_kind=*/true);
      json_.end_object();
    }
    json_.end_array();
    json_.key("grid").begin_array();
    for (const Described& each : described)
      from(each.from,
           static_cast<std::size_t>(std::ranges::find(answers, each.by) - answers.begin()));
    json_.end_array();
    json_.end_object();
  }

  JsonWriter& json_;
  const Recorded& recorded_;
  const SubjectView& view_;
  const Selection& selection_;
  Position at_;
  Language language_;
  Labels& measures_;  // used so far, with their words
  std::vector<const Source*> sources_;
};

/// The words of a fixed list of names.
template <class Names>
void labels(JsonWriter& json, std::string_view key, const Names& names, Language language) {
  json.key(key).begin_object();
  for (const std::string_view each : names) json.key(each).text(translate(language, each));
  json.end_object();
}

template <class Enum>
std::vector<std::string_view> names_up_to(Enum last) {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(last); ++i) names.push_back(name(static_cast<Enum>(i)));
  return names;
}

void head(JsonWriter& json, const Report& report, const TreeHead& tree_head,
          const std::vector<std::string_view>& words) {
  const Language language = report.language();
  json.key("format").text("solnoma report 1");
  json.key("program").text("solnoma " SOLNOMA_VERSION);
  json.key("lang").text(code_of(language));
  json.key("vantage").begin_object();
  json.key("asOf").day(report.vantage().as_of);
  json.key("knownBy").day(report.vantage().known_by);
  json.key("position").count(report.vantage().at.value);
  json.end_object();
  json.key("head").text(to_string(tree_head));
  if (!words.empty()) labels(json, "words", words, language);
  json.key("statuses").begin_array();
  for (std::size_t i = 0; i < kStatuses; ++i) {
    const auto status = static_cast<Status>(i);
    json.begin_object();
    json.key("status").text(name(status));
    json.key("label").text(in_words(status, language));
    json.end_object();
  }
  json.end_array();
  json.key("types").begin_object();
  for (const EventType& type : kEventTypes)
    json.key(type.name).text(type_in_words(type.name, language));
  json.end_object();
  labels(json, "planStates", names_up_to(PlanState::lapsed), language);
  json.key("rules").begin_object();
  for (int i = 0; i <= static_cast<int>(Rule::reinstated); ++i)
    json.key(name(static_cast<Rule>(i))).text(in_words(static_cast<Rule>(i), language));
  json.end_object();
}

/// Of the subjects that were told: how many, and the measures that they use.
struct Told {
  std::size_t shown = 0;
  Labels measures;
};

/// What is known last.
void tail(JsonWriter& json, const Report& report, const Told& told) {
  json.key("measures").begin_object();
  for (const auto& [measure, label] : told.measures) json.key(measure).text(label);
  json.end_object();
  const Selection& selection = report.selection();
  json.key("selection").begin_object();
  const auto list = [&](std::string_view key, const std::vector<std::string>& values) {
    json.key(key).begin_array();
    for (const std::string& value : values) json.text(value);
    json.end_array();
  };
  list("subjects", selection.subjects);
  list("kinds", selection.kinds);
  list("regions", selection.regions);
  list("countries", selection.countries);
  list("partners", selection.partners);
  list("types", selection.types);
  json.key("from").day(selection.period.earliest);
  json.key("to").day(selection.period.latest);
  json.key("shown").count(told.shown);
  json.key("of").count(report.recorded());
  json.end_object();
}

/// Whether a subject has something in the report from any day.
bool belongs(const Recorded& recorded, const Selection& selection) {
  if (recorded.rows.empty()) return false;
  if (!selection.narrows_marks() || !selection.subjects.empty()) return true;
  for (std::size_t i = 0; i < recorded.rows.size(); ++i) {
    const Row& row = recorded.rows[i];
    const TypeCode type = type_of_kind(row.kind());
    if (type != kDescribed && type != kRetracted &&
        selection.takes(recorded.stored(i).event.type, {row.earliest, row.latest}))
      return true;
  }
  return false;
}

/// One subject's text, empty where it does not belong here, and the measures it uses.
struct Part {
  std::string text;
  Labels measures;
};

Part part_of(const SubjectView& view, const Report& report) {
  Part part;
  const Recorded recorded(view, report.vantage().at);
  if (!belongs(recorded, report.selection())) return part;
  JsonWriter json;
  SubjectJson(json, recorded, report, part.measures).write();
  part.text = json.text();
  return part;
}

/// Calls `take` with the JSON of every subject that belongs here.
Result<Told> tell_subjects(const Report& report, const Sink& take) {
  Told told;
  auto ok = report.each([&](const SubjectView& view) { return part_of(view, report); },
                        [&](Part&& part) {
                          if (part.text.empty()) return;
                          take(part.text);
                          told.measures.merge(part.measures);
                          ++told.shown;
                        });
  if (!ok) return std::unexpected(ok.error());
  return told;
}

}  // namespace

Result<void> write_report_json(const Report& report, const Sink& sink,
                               const std::vector<std::string_view>& words) {
  const auto tree_head = report.head();
  if (!tree_head) return std::unexpected(tree_head.error());
  JsonWriter json;
  const auto flush = [&] {
    sink(json.text());
    json.clear();
  };
  json.begin_object();
  head(json, report, *tree_head, words);
  json.key("subjects").begin_array();
  flush();
  const auto told = tell_subjects(report, [&](std::string_view subject) {
    json.raw_object(subject);
    flush();
  });
  if (!told) return std::unexpected(told.error());
  json.end_array();
  tail(json, report, *told);
  json.end_object();
  flush();
  sink("\n");
  return {};
}

Result<std::string> report_subjects_json(const Report& report, const Sink& take) {
  const auto tree_head = report.head();
  if (!tree_head) return std::unexpected(tree_head.error());
  const auto told = tell_subjects(report, take);
  if (!told) return std::unexpected(told.error());
  JsonWriter json;
  json.begin_object();
  head(json, report, *tree_head, {});
  tail(json, report, *told);
  json.end_object();
  return std::string(json.text());
}

Result<void> report_json(const Report& report, const Sink& sink) {
  return write_report_json(report, sink, {});
}

}  // namespace solnoma
