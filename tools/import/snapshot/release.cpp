#include "tools/import/snapshot/release.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "events/codec.hpp"
#include "events/event_type.hpp"
#include "projections/effective.hpp"
#include "projections/rows.hpp"
#include "projections/status.hpp"
#include "tools/import/snapshot/fact.hpp"

namespace solnoma {
namespace {

using Kind = ReleaseChanges::Kind;
using Change = ReleaseChanges::Change;

bool is_status_fact(const Event& event) {
  const EventType type = event_type(type_code(event.type));
  return event.modality == Modality::actual && type.effect != Effect::none &&
         event.quantities.empty();
}
Effect effect_of(const Event& event) {
  return event_type(type_code(event.type)).effect;
}
Stage stage_of(const Event& event) {
  return event_type(type_code(event.type)).stage;
}

/// The status that events come to, one after the other, as of a day.
Status status_of(const std::vector<const Event*>& events, Day as_of) {
  std::vector<Row> rows;
  for (const Event* const event : events) {
    const auto dating = dating_of(event->type, event->modality, event->occurred, event->known);
    if (dating) rows.emplace_back(*dating, Position{rows.size() + 1}, Revision{0});
  }
  return status(steps(rows, effective(rows, {})), as_of).status;
}

/// The facts that a source has told of a subject, each in its newest version.
class ToldFacts {
 public:
  struct Fact {
    const StoredEvent* newest = nullptr;    // that the source itself has told
    std::vector<const StoredEvent*> chain;  // its versions by whomever, the newest first
    bool corrected = false;                 // others have corrected or retracted it

    /// What can be superseded.
    [[nodiscard]] const Event& end() const { return chain.front()->event; }
  };

  explicit ToldFacts(const SubjectRelease& release) {
    const auto& told = release.told;
    std::vector<Row> rows;
    std::map<std::pair<std::string, std::string>, std::uint32_t> by_id;
    for (std::size_t i = 0; i < told.size(); ++i) {
      const Event& event = told[i].event;
      const auto target =
          by_id.find({event.supersedes_source.empty() ? event.source : event.supersedes_source,
                      event.supersedes});
      const Revision superseded{event.supersedes.empty() || target == by_id.end() ? 0U
                                                                                  : target->second};
      const auto dating = dating_of(event.type, event.modality, event.occurred, event.known);
      rows.emplace_back(dating.value_or(Dating{}), told[i].position, superseded);
      by_id[{event.source, event.id}] = static_cast<std::uint32_t>(i + 1);
      if (event.source == release.source) previous_ = std::max(previous_, event.known);
    }
    const Effective all = effective(rows, {});
    // What others have said of it does not change what the source said.
    std::vector<Row> own = rows;
    for (std::size_t i = 0; i < own.size(); ++i)
      if (told[i].event.source != release.source) own[i].supersedes = 0;
    const Effective by_source = effective(own, {});
    for (std::size_t i = 0; i < told.size(); ++i) {
      const Event& event = told[i].event;
      if (event.source != release.source || !by_source.counts(i)) continue;
      Fact fact{&told[i], {}, false};
      std::size_t end = i;
      while (all.superseded_by[end].value != 0) end = index_of(all.superseded_by[end]);
      fact.corrected = end != i;
      for (std::size_t each = end;; each = index_of(Revision{rows[each].supersedes})) {
        fact.chain.push_back(&told[each]);
        if (rows[each].supersedes == 0) break;
      }
      all_.push_back(fact);
      facts_[fact_key(event)] = std::move(fact);
    }
  }

  [[nodiscard]] const Fact* find(const FactKey& key) const {
    const auto found = facts_.find(key);
    return found == facts_.end() ? nullptr : &found->second;
  }
  /// All, in the order of the log: some may have happened several times.
  [[nodiscard]] const std::vector<Fact>& all() const { return all_; }
  /// The newest day on which the source told anything of the subject.
  [[nodiscard]] Day previous() const { return previous_; }
  [[nodiscard]] bool is_new() const { return facts_.empty(); }

 private:
  std::map<FactKey, Fact> facts_;
  std::vector<Fact> all_;
  Day previous_ = kOpenPast;
};

std::string figure_text(const Event& event) {
  if (event.quantities.empty()) return {};
  const Quantity& figure = event.quantities.front();
  return figure.upper.empty() ? figure.value : figure.value + ".." + figure.upper;
}

Kind kind_of(FactChange change) {
  switch (change) {
    case FactChange::date:
      return Kind::date;
    case FactChange::target:
      return Kind::target;
    case FactChange::figure:
      return Kind::figure;
    case FactChange::amount:
      return Kind::amount;
    case FactChange::label:
      return Kind::label;
    case FactChange::description:
    case FactChange::none:
      break;
  }
  return Kind::description;
}

class Comparison {
 public:
  explicit Comparison(const SubjectRelease& release) : release_(release), told_(release) {}

  ReleaseChanges compare() {
    for (const Event& event : release_.now) compare_fact(event);
    settle_status();
    if (const auto* gone = told_.find({Modality::actual, "delisted", {}, {}, {}}))
      changes_.insert(changes_.begin(), {Kind::returned, retraction_of(gone->end()), {}});
    ReleaseChanges result;
    result.changes = std::move(changes_);
    std::vector<const Event*> before;
    for (const ToldFacts::Fact& fact : told_.all()) before.push_back(&fact.newest->event);
    result.status_before = status_of(before, release_.known.day);
    result.status_now =
        std::ranges::any_of(release_.now, is_status_fact) ? expected() : result.status_before;
    return result;
  }

 private:
  void compare_fact(const Event& event) {
    const auto* const fact = told_.find(fact_key(event));
    if (fact == nullptr) return add_new(event);
    const Event& before = fact->newest->event;
    const FactChange change = fact_change(before, event);
    if (change == FactChange::none) return;
    Event now = event;
    if (now.occurred.empty()) now.occurred = date_of(before);
    if (now.label.empty()) now.label = before.label;
    // A newer target or level stands beside the older one, which was right in its time.
    const bool beside = change == FactChange::target || change == FactChange::figure;
    if (!beside) supersede(now, fact->end());
    const std::string was = change == FactChange::label ? before.label
                            : event.quantities.empty()  ? before.occurred
                                                        : figure_text(before);
    changes_.push_back(
        {fact->corrected && !beside ? Kind::told_anew : kind_of(change), std::move(now), was});
  }

  /// When a fact happened by what was told of it before. What was known without a date had happened
  /// by then, whenever it is told again.
  static std::string date_of(const Event& before) {
    if (!before.occurred.empty() || !is_status_fact(before)) return before.occurred;
    return fmt::format("[..{}]", to_string(before.known));
  }

  void add_new(const Event& event) {
    Event now = event;
    if (is_status_fact(event) && event.occurred.empty() && !told_.is_new())
      now.occurred = between_releases();
    const Kind kind = event.type == "described"             ? Kind::subject
                      : event.modality == Modality::planned ? Kind::plan
                      : !event.quantities.empty()           ? Kind::figure
                                                            : Kind::milestone;
    changes_.push_back({kind, std::move(now), {}});
  }

  /// "[2024-06-10..2025-03-18]"; empty where there is nothing between them.
  [[nodiscard]] std::string between_releases() const {
    if (told_.previous() == kOpenPast || told_.previous() >= release_.known.day) return {};
    return fmt::format("[{}..{}]", to_string(told_.previous()), to_string(release_.known.day));
  }

  void supersede(Event& event, const Event& old) const {
    event.supersedes = old.id;
    if (old.source != event.source) event.supersedes_source = old.source;
  }

  [[nodiscard]] Event base() const {
    Event event;
    const Event& first = release_.now.front();
    event.source = first.source;
    event.subject = first.subject;
    event.known = release_.known.day;
    event.known_precision = release_.known.precision;
    event.sources = first.sources;
    return event;
  }

  [[nodiscard]] Event retraction_of(const Event& old) const {
    Event event = base();
    event.id = old.id + "/retracted";
    event.type = event_type(kRetracted).name;
    event.note = "the source says so no more";
    supersede(event, old);
    return event;
  }

  [[nodiscard]] Event lifting(const char* type) const {
    Event event = base();
    const std::string& first = release_.now.front().id;
    event.id = first.substr(0, first.rfind('/')) + "/" + type;
    event.type = type;
    event.occurred = between_releases();
    return event;
  }

  [[nodiscard]] Status expected() const {
    std::vector<const Event*> events;
    for (const Event& event : release_.now) events.push_back(&event);
    return status_of(events, release_.known.day);
  }

  /// The source's status facts that the release does not repeat.
  [[nodiscard]] std::vector<const ToldFacts::Fact*> not_repeated() const {
    std::vector<const ToldFacts::Fact*> facts;
    for (const ToldFacts::Fact& fact : told_.all()) {
      const FactKey key = fact_key(fact.newest->event);
      const bool repeated = std::ranges::any_of(
          release_.now, [&](const Event& event) { return fact_key(event) == key; });
      if (!repeated && is_status_fact(fact.newest->event)) facts.push_back(&fact);
    }
    return facts;
  }

  /// A way to the status of a release.
  struct Way {
    std::vector<const ToldFacts::Fact*> gone;  // what cannot have been so
    std::vector<Event> lifts;                  // what lifts a cover, before all else
    std::vector<Event> again;                  // what happened again, after all else
  };

  /// What the source will have told then.
  [[nodiscard]] Status status_by(const Way& way) const {
    std::vector<const Event*> events;
    for (const ToldFacts::Fact& fact : told_.all()) {
      const bool withdrawn = std::ranges::find(way.gone, &fact) != way.gone.end();
      const bool replaced = std::ranges::any_of(
          changes_, [&](const Change& change) { return change.event.supersedes == fact.end().id; });
      if (!withdrawn && !replaced) events.push_back(&fact.newest->event);
    }
    for (const Event& event : way.lifts) events.push_back(&event);
    for (const Change& change : changes_) events.push_back(&change.event);
    for (const Event& event : way.again) events.push_back(&event);
    return status_of(events, release_.known.day);
  }

  /// What covers the status of the release and was told before: it happened again.
  [[nodiscard]] std::vector<Event> again() const {
    std::vector<Event> events;
    for (const Event& event : release_.now) {
      const Effect effect = effect_of(event);
      const bool covers =
          effect == Effect::suspend || effect == Effect::cancel || effect == Effect::retire;
      if (!covers || !is_status_fact(event) || told_.find(fact_key(event)) == nullptr) continue;
      events.push_back(event);
      if (event.occurred.empty()) events.back().occurred = between_releases();
    }
    return events;
  }

  /// Takes the gentlest way to the status of the release: nothing but the new milestones; something
  /// happened again; what covered the status was lifted; a stage cannot have been reached; in the
  /// end, nothing holds that the release does not repeat.
  void settle_status() {
    // A release may say nothing of it: a word that means no milestone.
    if (told_.is_new() || std::ranges::none_of(release_.now, is_status_fact)) return;
    const auto all = not_repeated();
    std::vector<const ToldFacts::Fact*> too_high;
    std::vector<Event> lifts;
    const Status status = expected();
    for (const ToldFacts::Fact* const fact : all) {
      const Event& event = fact->newest->event;
      const Effect effect = effect_of(event);
      if (effect == Effect::raise && static_cast<int>(stage_of(event)) > static_cast<int>(status))
        too_high.push_back(fact);
      if (effect == Effect::suspend && lifts.empty()) lifts.push_back(lifting("resumed"));
      if (effect == Effect::cancel || effect == Effect::retire) lifts = {lifting("reinstated")};
    }
    const auto again = this->again();
    const Way ways[] = {{},
                        {{}, {}, again},
                        {{}, lifts, {}},
                        {{}, lifts, again},
                        {too_high, {}, {}},
                        {too_high, {}, again},
                        {too_high, lifts, {}},
                        {too_high, lifts, again},
                        {all, {}, {}},
                        {all, {}, again}};
    const auto found =
        std::ranges::find(ways, status, [&](const Way& way) { return status_by(way); });
    take(found != std::end(ways) ? *found : ways[std::size(ways) - 1]);
  }

  void take(const Way& way) {
    for (const Event& event : way.lifts)
      changes_.insert(changes_.begin(), {Kind::lifted, event, {}});
    for (const Event& event : way.again) {
      // What happened again has the new word for it; the one before keeps its own.
      std::erase_if(changes_, [&](const Change& change) {
        return change.kind == Kind::label && fact_key(change.event) == fact_key(event);
      });
      changes_.push_back({Kind::milestone, event, {}});
    }
    withdraw(way.gone);
  }

  /// All versions of each: to withdraw a correction would bring back what it had replaced.
  void withdraw(const std::vector<const ToldFacts::Fact*>& facts) {
    std::vector<Change> first;
    for (const ToldFacts::Fact* const fact : facts) {
      if (fact->end().type == event_type(kRetracted).name) continue;
      for (const StoredEvent* const version : fact->chain)
        first.push_back({Kind::withdrawn, retraction_of(version->event), fact->newest->event.type});
    }
    changes_.insert(changes_.begin(), first.begin(), first.end());
  }

  const SubjectRelease& release_;
  ToldFacts told_;
  std::vector<Change> changes_;
};

}  // namespace

std::string_view name(ReleaseChanges::Kind kind) {
  switch (kind) {
    case Kind::subject:
      return "new subjects";
    case Kind::returned:
      return "listed again";
    case Kind::milestone:
      return "new milestones";
    case Kind::lifted:
      return "resumed or reinstated";
    case Kind::withdrawn:
      return "withdrawn milestones";
    case Kind::date:
      return "changed dates";
    case Kind::target:
      return "moved plans";
    case Kind::amount:
      return "corrected figures";
    case Kind::figure:
      return "new figures";
    case Kind::label:
      return "changed words of the status";
    case Kind::description:
      return "changed descriptions";
    case Kind::plan:
      return "new plans";
    case Kind::told_anew:
      return "told anew, though others had corrected them";
  }
  return {};
}

ReleaseChanges release_changes(const SubjectRelease& release) {
  return Comparison(release).compare();
}

Event delisting(const Event& of, const std::string& key, const Known& known) {
  Event event;
  event.id = key + "/delisted";
  event.source = of.source;
  event.subject = of.subject;
  event.type = event_type(kDelisted).name;
  event.known = known.day;
  event.known_precision = known.precision;
  event.sources = of.sources;
  for (Source& source : event.sources) source.published = to_string(known);
  return event;
}

}  // namespace solnoma
