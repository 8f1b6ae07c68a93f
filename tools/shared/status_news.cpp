#include "tools/shared/status_news.hpp"

#include <algorithm>

namespace solnoma {

Try<bool> StatusNews::go_on(const Vantage& end, std::size_t effort, const TellChange& tell) {
  tell_ = &tell;
  effort_ = std::max<std::size_t>(effort, 1);
  looked_at_ = 0;
  enough_ = false;
  if (told_.at < end.at) {
    Outcome taken;
    bool all = true;
    auto read = log_.read(told_.at.next(), Direction::forwards, [&](const RecordedEvent& event) {
      if (event.position > end.at) return false;
      all = !enough();
      if (!all) return false;
      taken = take(event, end.as_of);
      all = told_.at == event.position;
      return taken && all;
    });
    if (!taken) return refuse(taken);
    if (!read) return refuse(read);
    if (!all) return true;
    // What nobody may see here lies behind us as well.
    told_.at = std::max(told_.at, std::min(end.at, log_.head()));
  }
  if (auto ok = days_up_to(end.as_of); !ok) return refuse(ok);
  return told_.as_of < end.as_of || told_.at < end.at;
}

/// Stops before the event where the days before it are enough already.
Outcome StatusNews::take(const RecordedEvent& event, Day today) {
  const Day day = std::min(local_day_(event.recorded), today);
  if (auto ok = days_up_to(day); !ok) return ok;
  if (told_.as_of < day) return {};
  ++looked_at_;
  if (auto ok = turns_.add(event); !ok) return refuse(ok);
  const Vantage from = told_;
  told_.at = event.position;
  std::string subject(event.subject);
  if (!filter_.takes_subject(subject)) return {};
  return between({{std::move(subject), event.subject_number}},
                 {from.as_of, kOpenFuture, Position{event.position.value - 1}}, &event);
}

Outcome StatusNews::days_up_to(Day day) {
  while (told_.as_of < day) {
    if (enough()) return {};
    auto turn = turns_.next(told_.as_of, day, told_.at);
    if (!turn) return refuse(turn);
    if (!*turn) {
      told_.as_of = day;
      return {};
    }
    looked_at_ += (*turn)->subjects.size();
    std::vector<NamedSubject> subjects;
    for (const SubjectNumber number : (*turn)->subjects) {
      auto name = log_.subject_name(number);
      if (!name) return refuse(name);
      if (filter_.takes_subject(*name)) subjects.emplace_back(std::move(*name), number);
    }
    told_.as_of = (*turn)->day;
    if (subjects.empty()) continue;
    std::ranges::sort(subjects, {}, &NamedSubject::first);
    auto ok =
        between(std::move(subjects), {Day{told_.as_of.number - 1}, kOpenFuture, told_.at}, nullptr);
    if (!ok) return ok;
  }
  return {};
}

Outcome StatusNews::between(std::vector<NamedSubject> subjects, const Vantage& from,
                            const RecordedEvent* event) {
  Selection selection;
  selection.types = types_;
  const auto of = [&](std::vector<NamedSubject> some) {
    return Differences(log_, std::move(some), from, told_, selection, DiffScope::statuses);
  };
  std::vector<std::string> names;
  auto ok = of(subjects).each([](const DiffView& each) { return each.view.subject; },
                              [&](std::string name) { names.push_back(std::move(name)); });
  if (!ok) return refuse(ok);
  if (names.empty()) return {};
  // Most days change few of the subjects that they may change.
  std::erase_if(subjects, [&](const NamedSubject& subject) {
    return !std::ranges::binary_search(names, subject.first);
  });
  const Differences differences = of(std::move(subjects));
  auto more = (*tell_)({differences, event});
  if (!more) return refuse(more);
  enough_ = enough_ || !*more;
  return {};
}

Result<Day> day_at(const Log& log, Position at, Day today,
                   const std::function<Day(Instant)>& local_day) {
  Day day = today;
  if (at > log.head()) return day;
  bool found = false;
  const auto take = [&](const RecordedEvent& event) {
    found = true;
    day = std::min(day, local_day(event.recorded));
    return false;
  };
  // At the position itself there may be one that nobody may see here.
  if (at.value != 0)
    if (auto read = log.read(at, Direction::backwards, take); !read)
      return std::unexpected(read.error());
  if (!found)
    if (auto read = log.read(Position{1}, Direction::forwards, take); !read)
      return std::unexpected(read.error());
  return day;
}

}  // namespace solnoma
