#include "tools/report/files/plan_calendar.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "events/event_type.hpp"
#include "projections/raises.hpp"
#include "tools/report/files/calendar.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

/// Plans that are one entry, as they became known.
using Moves = std::vector<const Plan*>;

/// What became of a plan that is told: that which met it, or the plan itself.
Revision outcome_of(const Plan& plan) {
  return plan.state == PlanState::met ? plan.met_by : plan.revision;
}

/// By their outcome, the plans of one key.
std::map<Revision, Moves> moves_of(std::span<const Plan> key) {
  std::map<Revision, Moves> all;
  for (const Plan& plan : key) {
    Revision outcome = outcome_of(plan);
    if (plan.state == PlanState::moved) {
      const auto stands = std::ranges::find(key, plan.moved_to, &Plan::revision);
      if (stands != key.end()) outcome = outcome_of(*stands);
    }
    all[outcome].push_back(&plan);
  }
  return all;
}

/// Whether an event may change what is told of plans of a type: whatever it becomes by corrections,
/// these count as well.
bool may_concern(const Event& event, TypeCode type) {
  const EventType own = event_type(type_code(event.type));
  return own.name == event_type(type).name || is_end(own.effect) ||
         own.effect == Effect::reinstate || !event.fulfils.empty();
}

/// The revisions of all that may have changed the plans of a type. In a longer log, or on a later
/// day, they are never fewer.
std::vector<Revision> changes_of(const SubjectView& view, TypeCode type,
                                 const std::vector<Revision>& first) {
  std::set<Revision> roots;
  std::vector<Revision> changes;
  for (std::uint32_t i = 0; i < view.rows.size(); ++i) {
    if (!view.effective.visible(i)) continue;
    if (may_concern(view.event(Revision{i + 1}), type)) roots.insert(first[i]);
  }
  for (std::uint32_t i = 0; i < view.rows.size(); ++i)
    if (view.effective.visible(i) && roots.contains(first[i])) changes.push_back(Revision{i + 1});
  return changes;
}

CalendarEntry entry_of(const Moves& moves, const std::vector<Revision>& changes,
                       const std::vector<Revision>& first, Language language) {
  const Plan& newest = *moves.back();
  CalendarEntry entry{.told = newest.revision,
                      .named = first[moves.front()->revision.value - 1],
                      .days = newest.target,
                      .changes = static_cast<int>(changes.size()) - 1,
                      .changed = changes.back(),
                      .status = EntryStatus::tentative,
                      .remarks = {plan_remark(newest, language)}};
  if (newest.state == PlanState::met) {
    entry.told = newest.met_by;
    entry.days = newest.actual;
    entry.status = EntryStatus::confirmed;
  } else if (newest.state == PlanState::dropped || newest.state == PlanState::lapsed) {
    entry.status = EntryStatus::cancelled;
  }
  if (has_calendar_days(entry.days)) return entry;
  // What has no date any more goes from where it was.
  entry.status = EntryStatus::cancelled;
  for (const Plan* plan : moves)
    if (has_calendar_days(plan->target)) {
      entry.told = plan->revision;
      entry.days = plan->target;
    }
  return entry;
}

std::string entries_of(const SubjectView& view, const Report& report,
                       const std::vector<PlanState>& states) {
  const std::vector<Revision> first = first_versions(view.rows);
  std::string text;
  for (auto begin = view.plans.begin(); begin != view.plans.end();) {
    const auto end = std::find_if(begin, view.plans.end(), [&](const Plan& plan) {
      return plan.baseline != begin->baseline;
    });
    const std::span<const Plan> key(begin, end);
    begin = end;
    const std::vector<Revision> changes = changes_of(view, key.front().type, first);
    for (const auto& [outcome, moves] : moves_of(key)) {
      const Plan& newest = *moves.back();
      if (std::ranges::find(states, newest.state) == states.end() ||
          !report.selection().takes(event_type(newest.type).name, newest.target))
        continue;
      text += calendar_entry(view, entry_of(moves, changes, first, report.language()),
                             report.language());
    }
  }
  return text;
}

}  // namespace

Result<void> write_plan_calendar(const Report& report, const std::vector<PlanState>& states,
                                 const Sink& sink) {
  return write_calendar(
      report, std::string(translate(report.language(), "Plans")),
      [&](const SubjectView& view) { return entries_of(view, report, states); }, sink);
}

}  // namespace solnoma
