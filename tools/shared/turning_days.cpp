#include "tools/shared/turning_days.hpp"

#include <algorithm>
#include <array>

namespace solnoma {
namespace {

/// Calls `take`, once each, with the days on which what a row tells may become another than on the
/// day before: its first day, its last, that it is past, and that it is known.
template <class Take>
void each_turning_day(const Row& row, const Take& take) {
  std::array<Day, 6> taken;
  auto* end = taken.begin();
  for (const Day day : {row.earliest, row.latest, row.known}) {
    if (!is_calendar_day(day)) continue;
    for (const Day each : {day, Day{day.number + 1}}) {
      if (std::find(taken.begin(), end, each) != end) continue;
      *end++ = each;
      take(each);
    }
  }
}

}  // namespace

Result<std::optional<TurningDays::Turn>> TurningDays::next(Day after, Day to, Position at) {
  while (after < to) {
    if (after < after_ || after >= through_)
      if (auto ok = look(after); !ok) return std::unexpected(ok.error());
    auto pair = std::ranges::upper_bound(pairs_, after, {}, &Pair::day);
    Turn turn;
    for (; pair != pairs_.end() && pair->day <= to; ++pair) {
      if (!turn.subjects.empty() && pair->day != turn.day) return turn;
      if (pair->position > at) continue;
      turn.day = pair->day;
      if (turn.subjects.empty() || turn.subjects.back() != pair->subject)
        turn.subjects.push_back(pair->subject);
    }
    if (!turn.subjects.empty()) return turn;
    after = through_;
  }
  return std::nullopt;
}

Result<void> TurningDays::add(const RecordedEvent& event) {
  if (event.position <= seen_ || through_ == kOpenPast) return {};
  const auto rows = log_.rows(event.subject_number);
  if (!rows) return std::unexpected(rows.error());
  if (rows->size() < event.revision.value) return {};
  each_turning_day((*rows)[event.revision.value - 1], [&](Day day) {
    if (day <= after_ || day > through_) return;
    const Pair pair{day, event.subject_number, event.position};
    const auto place = std::ranges::lower_bound(pairs_, pair);
    if (place == pairs_.end() || *place != pair) pairs_.insert(place, pair);
  });
  if (pairs_.size() > full_) keep_the_next();
  return {};
}

Result<void> TurningDays::look(Day after) {
  pairs_.clear();
  after_ = after;
  through_ = kOpenFuture;
  full_ = 2 * most_;
  seen_ = log_.head();
  auto read = log_.all_rows([&](SubjectNumber subject, Rows rows) {
    for (const Row& row : rows)
      each_turning_day(row, [&](Day day) {
        if (day > after_ && day <= through_) pairs_.push_back({day, subject, row.position()});
      });
    if (pairs_.size() > full_) keep_the_next();
    return true;
  });
  if (!read) return read;
  std::ranges::sort(pairs_);
  return {};
}

/// The days that are kept are kept whole: the last one with all that there is of it.
void TurningDays::keep_the_next() {
  std::ranges::sort(pairs_);
  const Day last = pairs_[most_].day;
  // Of one day alone all must be kept, however many.
  const Day through = last == pairs_.front().day ? last : Day{last.number - 1};
  through_ = std::min(through_, through);
  pairs_.erase(std::ranges::upper_bound(pairs_, through_, {}, &Pair::day), pairs_.end());
  // Where one day has more than that, it is not sorted again for each that comes.
  full_ = 2 * std::max(most_, pairs_.size());
}

}  // namespace solnoma
