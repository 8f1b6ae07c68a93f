#include "tools/report/svg/time_scale.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

constexpr std::int32_t kDaysAround = 90;   // days of a gap that are always shown
constexpr std::int32_t kLeastYears = 5;    // that a break leaves out
constexpr std::int32_t kGapShare = 7;      // a gap is long if it is more than one in seven days
constexpr std::int32_t kLeastShown = 365;  // days

int year_of(Day day) {
  return static_cast<int>(
      std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day.number}}}.year());
}

Day first_of(int year, unsigned month = 1) {
  const std::chrono::sys_days day =
      std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{1};
  return Day{static_cast<std::int32_t>(day.time_since_epoch().count())};
}

/// Ascending, and none touches the next.
std::vector<Bounds> merged(const std::vector<Bounds>& busy) {
  std::vector<Bounds> all;
  for (Bounds each : busy) {
    if (!is_calendar_day(each.earliest)) each.earliest = each.latest;
    if (!is_calendar_day(each.latest)) each.latest = each.earliest;
    if (is_calendar_day(each.earliest)) all.push_back(each);
  }
  std::ranges::sort(all, {}, &Bounds::earliest);
  std::vector<Bounds> apart;
  for (const Bounds& each : all) {
    if (apart.empty() || apart.back().latest < each.earliest)
      apart.push_back(each);
    else
      apart.back().latest = std::max(apart.back().latest, each.latest);
  }
  return apart;
}

/// The whole years of a gap that may be left out, if there are enough of them.
std::optional<TimeScale::Break> break_between(Day last, Day next) {
  const Day from = first_of(year_of(Day{last.number + kDaysAround}) + 1);
  const Day to = first_of(year_of(Day{next.number - kDaysAround}));
  if (year_of(to) - year_of(from) < kLeastYears) return std::nullopt;
  return TimeScale::Break{from, to, 0};
}

}  // namespace

TimeScale::TimeScale(const std::vector<Bounds>& busy, double left, double width)
    : left_(left), width_(width) {
  const std::vector<Bounds> apart = merged(busy);
  SOLNOMA_CHECK(!apart.empty());
  const std::int32_t length =
      std::max(apart.back().latest.number - apart.front().earliest.number + 1, kLeastShown);
  std::int32_t shown_days = length;
  for (std::size_t i = 1; i < apart.size(); ++i) {
    const Day last = apart[i - 1].latest;
    const Day next = apart[i].earliest;
    if ((next.number - last.number) > length / kGapShare)
      if (const auto one = break_between(last, next)) {
        breaks_.push_back(*one);
        shown_days -= one->to.number - one->from.number;
      }
  }
  // Some room at both ends, and at least a year in all.
  const std::int32_t margin = std::max(
      shown_days / 40,
      1 + (kLeastShown - (apart.back().latest.number - apart.front().earliest.number)) / 2);
  shown_ = {Day{apart.front().earliest.number - margin}, Day{apart.back().latest.number + margin}};
  std::int32_t days = shown_.latest.number - shown_.earliest.number + 1;
  for (const Break& each : breaks_) days -= each.to.number - each.from.number;
  per_day_ = (width_ - kBreakWidth * static_cast<double>(breaks_.size())) / days;
  for (Break& each : breaks_) each.x = x(each.from) + kBreakWidth / 2;
}

double TimeScale::x(Day day) const {
  if (day <= shown_.earliest) return left_;
  if (day > shown_.latest) return right();
  double at = left_;
  Day from = shown_.earliest;
  for (const Break& each : breaks_) {
    if (day <= each.from) break;
    at += per_day_ * (each.from.number - from.number);
    if (day < each.to)
      return at +
             kBreakWidth * (day.number - each.from.number) / (each.to.number - each.from.number);
    at += kBreakWidth;
    from = each.to;
  }
  return at + per_day_ * (day.number - from.number);
}

double TimeScale::end_of(Day day) const {
  return is_calendar_day(day) ? x(Day{day.number + 1}) : x(day);
}

bool TimeScale::left_out(Day day) const {
  return std::ranges::any_of(breaks_,
                             [day](const Break& each) { return each.from < day && day < each.to; });
}

std::vector<TimeScale::Tick> TimeScale::ticks(double room) const {
  const double year_width = per_day_ * 365.25;
  int step = 1;
  for (const int next : {2, 5, 10, 20, 50, 100, 200, 500, 1000})
    if (step * year_width < room) step = next;
  unsigned months = 0;  // none
  for (const unsigned each : {6U, 3U, 1U})
    if (year_width / 12 * each >= room * 0.75) months = each;
  std::vector<Tick> ticks;
  double last_label = left_ - room;
  for (int year = year_of(shown_.earliest); year <= year_of(shown_.latest); ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      if (month > 1 && (months == 0 || (month - 1) % months != 0)) continue;
      const Day day = first_of(year, month);
      if (day < shown_.earliest || day > shown_.latest || left_out(day)) continue;
      if (month == 1 && year % step != 0) continue;
      Tick tick{day, x(day), month == 1 ? TickKind::year : TickKind::month, false};
      // A break's other side is too near for a second year.
      const bool begins_break =
          std::ranges::any_of(breaks_, [day](const Break& each) { return each.from == day; });
      tick.labelled = !begins_break && tick.x - last_label >= room * (month == 1 ? 0.75 : 0.7) &&
                      right() - tick.x > room / 3;
      if (tick.labelled) last_label = tick.x;
      ticks.push_back(tick);
    }
  }
  return ticks;
}

}  // namespace solnoma
