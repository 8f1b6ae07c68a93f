#include "tools/import/standards/retelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "events/event_type.hpp"
#include "tools/import/standards/telling.hpp"

namespace solnoma {
namespace {

bool describes(const Event& event) {
  return event.type == event_type(kDescribed).name;
}

/// Whether two events tell the same; who says so, and when, is another matter.
bool tells_same(Event a, const Event& b) {
  a.id = b.id;
  a.known = b.known;
  a.known_precision = b.known_precision;
  a.supersedes = b.supersedes;
  a.sources = b.sources;
  return a == b;
}

}  // namespace

std::vector<Event> Retelling::next(std::vector<Event> facts, std::string_view version,
                                   const Event& retraction) {
  std::vector<Event> fresh;
  std::set<std::string> seen;
  std::set<std::tuple<std::string, std::string>> happened;
  for (Event& fact : facts) {
    const std::string id = fact.id;
    seen.insert(id);
    if (fact.modality == Modality::actual) happened.emplace(fact.type, fact.part);
    const auto told = told_.find(id);
    if (told != told_.end()) {
      if (told->second.stands && tells_same(told->second.event, fact)) continue;
      fact.id = id_of({id + "@" + std::string(version)});
      const bool corrects = fact.modality == Modality::actual && !describes(fact);
      if (corrects && told->second.stands) fact.supersedes = told->second.event.id;
    }
    fact.id = unique_id(ids_, fact.id);
    told_[id] = {fact, true};
    fresh.push_back(std::move(fact));
  }
  for (auto& [id, told] : told_) {
    if (seen.contains(id) || !told.stands || describes(told.event)) continue;
    const bool came = told.event.modality == Modality::planned &&
                      happened.contains({told.event.type, told.event.part});
    if (came) continue;
    told.stands = false;
    Event& event = fresh.emplace_back(retraction);
    event.id = unique_id(ids_, id_of({id, "retracted@" + std::string(version)}));
    event.type = event_type(kRetracted).name;
    event.supersedes = told.event.id;
    event.note = fmt::format("{} no longer tells this", version);
  }
  return fresh;
}

}  // namespace solnoma
