#include "tools/shared/status_news.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace solnoma {
namespace {

/// The days in ]from, to] on which what a row tells may become another than on the day before: its
/// first day, its last, that it is past, and that it is known.
void add_days(const Row& row, Day from, Day to, std::set<Day>& days) {
  for (const Day day : {row.earliest, row.latest, row.known})
    for (const std::int32_t later : {0, 1})
      if (is_calendar_day(day))
        if (const Day each{day.number + later}; each > from && each <= to) days.insert(each);
}

}  // namespace

Outcome StatusNews::between(std::vector<NamedSubject> subjects, const Vantage& from,
                            const Vantage& to, const TellDifferences& tell) {
  Selection selection;
  selection.types = types_;
  const Differences differences(log_, std::move(subjects), from, to, std::move(selection),
                                DiffScope::statuses);
  bool any = false;
  auto ok = differences.each([](const DiffView&) { return true; }, [&](bool) { any = true; });
  if (!ok) return refuse(ok);
  return any ? tell(differences) : Outcome{};
}

Outcome StatusNews::of_event(const RecordedEvent& event, Day day, const TellDifferences& tell) {
  std::string subject(event.subject);
  if (!filter_.takes_subject(subject)) return {};
  return between({{std::move(subject), event.subject_number}},
                 {day, kOpenFuture, Position{event.position.value - 1}},
                 {day, kOpenFuture, event.position}, tell);
}

Outcome StatusNews::of_days(Day from, Day to, Position at, const TellDifferences& tell) {
  if (from >= to) return {};
  std::map<Day, std::vector<SubjectNumber>> turns;
  auto read = log_.all_rows([&](SubjectNumber number, Rows rows) {
    std::set<Day> days;
    for (const Row& row : rows)
      if (row.position() <= at) add_days(row, from, to, days);
    for (const Day day : days) turns[day].push_back(number);
    return true;
  });
  if (!read) return refuse(read);
  for (const auto& [day, numbers] : turns) {
    std::vector<NamedSubject> subjects;
    for (const SubjectNumber number : numbers) {
      auto name = log_.subject_name(number);
      if (!name) return refuse(name);
      if (filter_.takes_subject(*name)) subjects.emplace_back(std::move(*name), number);
    }
    if (subjects.empty()) continue;
    std::ranges::sort(subjects, {}, &NamedSubject::first);
    if (auto ok = between(std::move(subjects), {Day{day.number - 1}, kOpenFuture, at},
                          {day, kOpenFuture, at}, tell);
        !ok)
      return ok;
  }
  return {};
}

}  // namespace solnoma
