#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <tuple>

#include "events/event_type.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/oracle_words.hpp"

namespace solnoma::oracle {
namespace {

/// "Certainly happened as of V": on its latest day at the latest.
bool happened(Rows rows, std::size_t row, const Vantage& vantage) {
  return effective(rows, row, vantage) && !is_planned(rows[row].kind()) &&
         rows[row].latest <= vantage.as_of;
}

using Events = std::span<const StoredEvent>;

/// "A key: subject, type and `part`."
bool same_key(Events events, std::size_t a, std::size_t b) {
  return events[a].event.type == events[b].event.type &&
         events[a].event.part == events[b].event.part;
}

/// "What happens once."
bool happens_once(const Event& event) {
  static const std::set<std::string_view> once = {"announced",
                                                  "agreement-signed",
                                                  "construction-started",
                                                  "construction-completed",
                                                  "production-started",
                                                  "opened"};
  return once.contains(event.type);
}

/// However often a fact is told, one version of it counts: the one that replaces `row`, or `row`,
/// or else the one that counts of what `row` had superseded.
std::optional<std::size_t> version_that_counts(Rows rows, std::size_t row, const Vantage& vantage) {
  for (std::size_t newer = rows.size(); newer-- > row + 1;)
    if (effective(rows, newer, vantage) && replaces(rows, newer, row)) return newer;
  if (effective(rows, row, vantage)) return row;
  if (rows[row].supersedes == 0) return std::nullopt;
  return version_that_counts(rows, rows[row].supersedes - std::size_t{1}, vantage);
}

/// Whether anything is known at the vantage of what a row tells: itself, or a correction of it.
bool told(Rows rows, std::size_t row, const Vantage& vantage) {
  if (visible(rows, row, vantage)) return true;
  for (std::size_t newer = row + 1; newer < rows.size(); ++newer)
    if (effective(rows, newer, vantage) && replaces(rows, newer, row)) return true;
  return false;
}

/// Whether an actual event names a plan among those that it fulfils.
bool names(Events events, Rows rows, std::size_t actual, std::size_t plan, const Vantage& vantage) {
  for (const std::string& id : events[actual].event.fulfils) {
    std::vector<std::size_t> meant;
    bool own = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (events[i].event.id != id || !told(rows, i, vantage)) continue;
      if (events[i].event.source == events[actual].event.source) {
        meant = {i};
        own = true;
      } else if (!own) {
        meant.push_back(i);
      }
    }
    for (const std::size_t i : meant)
      if (version_that_counts(rows, i, vantage) == plan) return true;
  }
  return false;
}

/// Whether an actual event that names no plan meets one of its key.
bool meets_unnamed(Events events, Rows rows, std::size_t actual, std::size_t plan) {
  if (!same_key(events, actual, plan)) return false;
  const Row& told = rows[plan];
  const Row& done = rows[actual];
  const bool in_hindsight = !(told.latest > told.known);
  if (in_hindsight) return true;
  const bool known_later = done.known > told.known;
  const bool happened_before = done.latest < told.known;
  return known_later && (!happened_before || happens_once(events[plan].event));
}

/// The first of the events that name a plan; where none does, the first that meets it unnamed.
std::optional<std::size_t> what_meets(Events events, Rows rows, std::size_t plan,
                                      const Vantage& vantage) {
  std::optional<std::size_t> first_naming;
  std::optional<std::size_t> first_unnamed;
  const auto keep_first = [&](std::optional<std::size_t>& first, std::size_t row) {
    if (!first || rows[row].latest < rows[*first].latest) first = row;  // positions ascend
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_planned(rows[i].kind()) || !effective(rows, i, vantage)) continue;
    if (!events[i].event.fulfils.empty()) {
      if (names(events, rows, i, plan, vantage)) keep_first(first_naming, i);
    } else if (meets_unnamed(events, rows, i, plan)) {
      keep_first(first_unnamed, i);
    }
  }
  return first_naming ? first_naming : first_unnamed;
}

/// "An interval of days": least where the first date was at its latest and the second at its
/// earliest.
Slippage interval(const Bounds& from, const Bounds& to) {
  Slippage result;
  if (is_calendar_day(to.earliest) && is_calendar_day(from.latest))
    result.least = to.earliest - from.latest;
  if (is_calendar_day(to.latest) && is_calendar_day(from.earliest))
    result.most = to.latest - from.earliest;
  return result;
}

/// The newest retraction that holds and withdraws a row; 0: none.
Revision retracted_by(Rows rows, std::size_t row, const Vantage& vantage) {
  for (std::size_t by = rows.size(); by-- > row + 1;)
    if (withdraws(rows, by, row) && holds(rows, by, vantage)) return revision_of(by);
  return {};
}

/// "Dropped (retracted)." A correction that is withdrawn was as if never recorded, so that where
/// what it had replaced is seen, it is no plan of its own.
bool dropped(Rows rows, std::size_t row, const Vantage& vantage) {
  if (effective(rows, row, vantage) || retracted_by(rows, row, vantage).value == 0) return false;
  for (std::size_t i = 0; i < row; ++i)
    if (type_of(rows[i]) != "retracted" && visible(rows, i, vantage) && replaces(rows, row, i))
      return false;
  return true;
}

/// The plans of a key in the order in which they became known, by V.
std::vector<std::size_t> plans_of_key(Events events, Rows rows, std::size_t of,
                                      const Vantage& vantage) {
  std::vector<std::size_t> plans;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (states_a_plan(rows[i]) && visible(rows, i, vantage) && rows[i].known <= vantage.as_of &&
        same_key(events, i, of) && (effective(rows, i, vantage) || dropped(rows, i, vantage)))
      plans.push_back(i);
  std::ranges::stable_sort(plans, {}, [&](std::size_t i) { return rows[i].known; });
  return plans;
}

Bounds bounds_of(const Row& row) {
  return {row.earliest, row.latest};
}

Plan plan_of(Events events, Rows rows, std::size_t row, const std::vector<std::size_t>& of_key,
             const Vantage& vantage) {
  Plan plan;
  plan.revision = revision_of(row);
  plan.type = type_of_kind(rows[row].kind());
  plan.target = bounds_of(rows[row]);
  plan.known = rows[row].known;
  plan.baseline = revision_of(of_key.front());
  if (dropped(rows, row, vantage)) {
    plan.state = PlanState::dropped;
    plan.dropped_by = retracted_by(rows, row, vantage);
    return plan;
  }
  const auto actual = what_meets(events, rows, row, vantage);
  if (actual && happened(rows, *actual, vantage)) {
    plan.state = PlanState::met;
    plan.met_by = revision_of(*actual);
    plan.actual = bounds_of(rows[*actual]);
    plan.slippage = interval(plan.target, plan.actual);
    return plan;
  }
  const auto place = std::ranges::find(of_key, row);
  std::size_t newest = row;
  for (auto later = place; later != of_key.end(); ++later)
    if (effective(rows, *later, vantage)) newest = *later;
  if (newest != row) {
    const Bounds baseline = bounds_of(rows[of_key.front()]);
    const Bounds target = bounds_of(rows[newest]);
    const bool same =
        baseline == target && is_calendar_day(target.earliest) && is_calendar_day(target.latest);
    plan.state = PlanState::moved;
    plan.moved_to = revision_of(newest);
    plan.moved_by = same ? Slippage{0, 0} : interval(baseline, target);
    return plan;
  }
  const Status status = conservative_status(rows, vantage);
  if (status == Status::cancelled || status == Status::retired)
    plan.state = PlanState::lapsed;
  else if (rows[row].latest < vantage.as_of)
    plan.state = PlanState::overdue;
  return plan;
}

}  // namespace

std::vector<Plan> plans(Events events, Rows rows, const Vantage& vantage) {
  std::vector<std::vector<std::size_t>> keys;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto of_key = plans_of_key(events, rows, i, vantage);
    if (!of_key.empty() && std::ranges::find(keys, of_key) == keys.end()) keys.push_back(of_key);
  }
  std::ranges::sort(keys, {}, [&](const std::vector<std::size_t>& key) {
    return std::tuple(rows[key.front()].known, key.front());
  });
  std::vector<Plan> result;
  for (const auto& key : keys)
    for (const std::size_t row : key) result.push_back(plan_of(events, rows, row, key, vantage));
  return result;
}

std::vector<TimelineMark> timeline(Rows rows, const Vantage& vantage, Bounds window) {
  std::vector<TimelineMark> marks;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (!effective(rows, i, vantage)) continue;
    if (type_of(row) == "described" || type_of(row) == "retracted") continue;
    if (row.latest < window.earliest || row.earliest > window.latest) continue;
    const bool plan = is_planned(row.kind());
    if ((plan ? row.known : row.earliest) > vantage.as_of) continue;
    marks.push_back({revision_of(i),
                     type_of_kind(row.kind()),
                     {row.earliest, row.latest},
                     row.known,
                     plan                          ? Happened::planned
                     : row.latest <= vantage.as_of ? Happened::certainly
                                                   : Happened::possibly});
  }
  std::ranges::stable_sort(marks, [](const TimelineMark& a, const TimelineMark& b) {
    return std::tuple(a.bounds == Bounds{}, a.bounds.latest, a.bounds.earliest) <
           std::tuple(b.bounds == Bounds{}, b.bounds.latest, b.bounds.earliest);
  });
  return marks;
}

}  // namespace solnoma::oracle
