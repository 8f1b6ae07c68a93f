#include "tools/report/text/status_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "events/subject.hpp"
#include "projections/effort.hpp"
#include "projections/status.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// The status before an event and after it, as of a day.
struct Change {
  StatusAt was, becomes;
};

/// Both by the same rule: where the effort ends between them, what is exact and what encloses would
/// differ without a reason.
Change change_as_of(const std::vector<Step>& before, const std::vector<Step>& after, Day as_of,
                    Effort& effort) {
  const bool spent = effort.is_spent();
  Change change{status(before, as_of, effort), status(after, as_of, effort)};
  if (!spent && effort.is_spent())
    change = {status(before, as_of, effort), status(after, as_of, effort)};
  return change;
}

/// The days on which the status can change: those on which an event can begin to have
/// happened, or has certainly happened.
void add_days(Rows rows, std::set<Day>& days) {
  for (const Row& row : rows)
    for (const Day day : {row.earliest, row.latest, row.known})
      if (is_calendar_day(day)) days.insert(day);
}

/// The revision that the new event would supersede; 0: none.
Result<Revision> superseded(const Log& log, const Event& event) {
  Revision revision{0};
  if (event.supersedes.empty()) return revision;
  auto positions = log.find(event.supersedes);
  if (!positions) return std::unexpected(positions.error());
  auto ok = log.read_at(*positions, [&](const RecordedEvent& recorded) {
    if (recorded.subject == event.subject) revision = recorded.revision;
    return true;
  });
  if (!ok) return std::unexpected(ok.error());
  return revision;
}

}  // namespace

Result<std::vector<std::string>> describe_changes(const Log& log, std::span<const Event> events,
                                                  std::span<const Dating> marks,
                                                  Language language) {
  const std::string& subject = events.front().subject;
  std::vector<std::string> lines;
  if (!has_status(subject)) return lines;
  std::vector<Row> before;
  auto number = log.subject(subject);
  if (!number) return std::unexpected(number.error());
  if (*number) {
    auto rows = log.rows(**number);
    if (!rows) return std::unexpected(rows.error());
    before = std::move(*rows);
  }
  std::vector<Row> after = before;
  Position position = log.head();
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto supersedes = superseded(log, events[i]);
    if (!supersedes) return std::unexpected(supersedes.error());
    position = position.next();
    after.emplace_back(marks[i], position, *supersedes);
  }

  std::set<Day> days;
  add_days(after, days);
  std::string last;
  const std::vector<Step> steps_before = steps(before, effective(before, {}));
  const std::vector<Step> steps_after = steps(after, effective(after, {}));
  Effort effort;
  for (const Day day : days) {
    const auto [was, becomes] = change_as_of(steps_before, steps_after, day, effort);
    const bool same = was.status == becomes.status && was.possible == becomes.possible;
    const std::string change =
        same ? "" : fmt::format("{} → {}", phrase(was, language), phrase(becomes, language));
    if (change != last)
      lines.push_back(
          fill(translate(language, "{subject} from {day}: {change}"),
               {{"subject", subject},
                {"day", to_string(day)},
                {"change", change.empty() ? translate(language, "as before") : change}}));
    last = change;
  }
  return lines;
}

Result<std::vector<std::string>> describe_all_changes(const Log& log, std::span<const Event> events,
                                                      const OwnedEvents& prepared,
                                                      Language language) {
  std::map<std::string, std::pair<std::vector<Event>, std::vector<Dating>>> subjects;
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto& [told, marks] = subjects[events[i].subject];
    told.push_back(events[i]);
    marks.push_back(prepared.events()[i].dating);
  }
  std::vector<std::string> lines;
  for (const auto& [subject, each] : subjects) {
    auto changes = describe_changes(log, each.first, each.second, language);
    if (!changes) return std::unexpected(changes.error());
    std::ranges::move(*changes, std::back_inserter(lines));
  }
  if (lines.empty()) lines.emplace_back(translate(language, "no status would change"));
  return lines;
}

}  // namespace solnoma
