#include "tools/report/text/status_changes.hpp"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "events/subject.hpp"
#include "projections/effort.hpp"
#include "projections/status.hpp"
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

Result<std::string> describe_changes(const Log& log, std::span<const Event> events,
                                     std::span<const Dating> marks) {
  const std::string& subject = events.front().subject;
  if (!has_status(subject)) return std::string("no status would change\n");
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
  std::string text;
  std::string last;
  const std::vector<Step> steps_before = steps(before, effective(before, {}));
  const std::vector<Step> steps_after = steps(after, effective(after, {}));
  Effort effort;
  for (const Day day : days) {
    const auto [was, becomes] = change_as_of(steps_before, steps_after, day, effort);
    const bool same = was.status == becomes.status && was.possible == becomes.possible;
    const std::string change =
        same ? ""
             : fmt::format("{} → {}", phrase(was, Language::en), phrase(becomes, Language::en));
    if (change != last)
      text += fmt::format("{} from {}: {}\n", subject, to_string(day),
                          change.empty() ? "as before" : change);
    last = change;
  }
  return text.empty() ? "no status would change\n" : text;
}

}  // namespace solnoma
