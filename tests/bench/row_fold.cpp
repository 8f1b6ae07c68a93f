#include "tests/bench/row_fold.hpp"

#include <algorithm>
#include <tuple>

#include "events/event_type.hpp"

namespace solnoma::bench {
namespace {

ParkState step(ParkState state, std::uint64_t packed) {
  const auto kind = static_cast<std::uint8_t>(packed);
  if (is_planned(kind)) return apply(state, Effect::raise, Stage::announced);
  const EventType type = event_type(type_of_kind(kind));
  return apply(state, type.effect, type.stage);
}

}  // namespace

void RowFold::gather(Rows rows, const Vantage& vantage) {
  undone_.assign(rows.size(), {});
  happenings_.clear();
  for (std::size_t i = rows.size(); i-- > 0;) {
    const Row& row = rows[i];
    const Undone undone = undone_[i];
    const bool retraction = type_of_kind(row.kind()) == kRetracted;
    const bool holds = is_visible(row.known, row.position(), vantage) && !undone.withdrawn &&
                       !(retraction && undone.replaced);
    if (row.supersedes != 0) {
      Undone& target = undone_[row.supersedes - 1];
      target.withdrawn = target.withdrawn || (holds && retraction);
      target.replaced = target.replaced || undone.replaced || (holds && !retraction);
    }
    if (!holds || undone.replaced) continue;
    const Day day = is_planned(row.kind()) ? row.known : row.latest;
    if (day <= vantage.as_of &&
        (is_planned(row.kind()) || event_type(type_of_kind(row.kind())).effect != Effect::none))
      happenings_.push_back({day, row.packed});
  }
  std::ranges::sort(happenings_, {},
                    [](const Happening& h) { return std::tuple(h.day, h.packed); });
}

Status RowFold::at(Rows rows, const Vantage& vantage) {
  gather(rows, vantage);
  ParkState state;
  for (const Happening& happening : happenings_) state = step(state, happening.packed);
  return state.status();
}

void RowFold::over(Rows rows, std::span<const Day> as_of, Day known_by, Position at,
                   std::span<Status> into) {
  gather(rows, {as_of.empty() ? kOpenPast : as_of.back(), known_by, at});
  ParkState state;
  std::size_t next = 0;
  for (std::size_t i = 0; i < as_of.size(); ++i) {
    for (; next < happenings_.size() && happenings_[next].day <= as_of[i]; ++next)
      state = step(state, happenings_[next].packed);
    into[i] = state.status();
  }
}

}  // namespace solnoma::bench
