#include "projections/plan_keys.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "projections/rows.hpp"

namespace solnoma {
namespace {

/// The revisions that bear an id, one for each source that gave it.
using Bearers = std::multimap<std::string_view, std::size_t>;

PlanKeys::Naming naming(std::span<const StoredEvent> events, std::size_t by, const std::string& id,
                        const Bearers& bearers) {
  PlanKeys::Naming result{revision_of(by), {}, {}};
  for (auto [it, end] = bearers.equal_range(id); it != end; ++it)
    if (events[it->second].event.source == events[by].event.source)
      result.own = revision_of(it->second);
    else
      result.others.push_back(revision_of(it->second));
  return result;
}

}  // namespace

PlanKeys plan_keys(std::span<const StoredEvent> events) {
  PlanKeys result;
  result.keys.reserve(events.size());
  std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> numbers;
  bool names_any = false;
  for (const StoredEvent& stored : events) {
    const Event& event = stored.event;
    const auto next = static_cast<std::uint32_t>(numbers.size());
    result.keys.push_back(numbers.try_emplace({event.type, event.part}, next).first->second);
    names_any = names_any || !event.fulfils.empty();
  }
  if (!names_any) return result;

  Bearers bearers;
  for (std::size_t i = 0; i < events.size(); ++i) bearers.emplace(events[i].event.id, i);
  for (std::size_t i = 0; i < events.size(); ++i)
    if (events[i].event.modality == Modality::actual)
      for (const std::string& id : events[i].event.fulfils)
        result.namings.push_back(naming(events, i, id, bearers));
  return result;
}

}  // namespace solnoma
