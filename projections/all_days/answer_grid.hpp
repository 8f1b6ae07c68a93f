#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/row.hpp"
#include "events/event.hpp"
#include "projections/effort.hpp"
#include "projections/figures.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"

namespace solnoma {

/// An answer as a function of two days, *known by* and *as of*, at a fixed position: whoever
/// holds it can look at a subject from any day without a rule of his own.
///
/// For example, a plan to open that became known on 2022-01-10, and an opening in September 2023
/// that became known on 2023-10-05, have this grid of statuses (? : another one is possible):
///
///     known by     as of …
///     …            … unrecorded
///     2022-01-10   … unrecorded | 2022-01-10 announced
///     2023-10-05   … unrecorded | 2022-01-10 announced | 2023-09-01 announced? |
///                                                         2023-09-30 operating
///
/// A row begins on each day that brought news, a cell on each day on which the answer changes.
/// News changes nothing before the earliest day of what it tells: the third row is the second up
/// to 2023-09-01, and from there on it is asked anew.
template <class Answer>
struct AnswerGrid {
  struct Cell {
    Day from;              ///< as of this day, up to that of the next cell
    std::uint32_t answer;  ///< index into `answers`

    bool operator==(const Cell&) const = default;
  };
  struct GridRow {
    Day from;  ///< known by this day, up to that of the next row
    std::vector<Cell> cells;
  };

  std::vector<Answer> answers;  ///< each once, in the order in which they are first met
  std::vector<GridRow> rows;    ///< ascending; neighbours differ, as do neighbouring cells

  /// The last cell that begins by `as_of` in the last row that begins by `known_by`. The first
  /// of either begins before every day.
  [[nodiscard]] const Answer& at(Day known_by, Day as_of) const {
    const auto last_by = [](const auto& parts, Day day) {
      using Part = typename std::decay_t<decltype(parts)>::value_type;
      return std::prev(std::ranges::upper_bound(parts, day, {}, &Part::from));
    };
    return answers[last_by(last_by(rows, known_by)->cells, as_of)->answer];
  }
};

/// All of the following take the rows of a subject. Precondition: positions ascend. Pure. Time
/// and size grow with the square of the number of rows that bear on the answer; the output is as
/// small as that allows.

/// status() at every vantage of that position, with its reasons. Where so many vague events overlap
/// that this is more than Effort allows, possible statuses are enclosed, and say so.
[[nodiscard]] AnswerGrid<StatusAt> status_grid(Rows rows, Position at, Effort effort = Effort());

/// plans() at every vantage of that position. `keys` are those of the subject's events.
[[nodiscard]] AnswerGrid<std::vector<Plan>> plans_grid(Rows rows, const PlanKeys& keys,
                                                       Position at);

/// figures() at every vantage of that position. `events` are the subject's, as `rows`.
[[nodiscard]] AnswerGrid<std::vector<Figure>> figures_grid(std::span<const StoredEvent> events,
                                                           Rows rows, Position at);

/// Which event described the subject from a day of knowledge on; as described_by().
struct Described {
  Day from;
  Revision by;  ///< 0: none

  bool operator==(const Described&) const = default;
};
/// The first begins before everything; neighbours differ.
[[nodiscard]] std::vector<Described> descriptions(std::span<const StoredEvent> events, Rows rows,
                                                  Position at);

/// How an event stood, seen with what was known from one day up to another.
struct StandingPeriod {
  Day from;
  Day to;                  ///< excluded; kOpenFuture: for ever
  Revision superseded_by;  ///< 0: it stands (Effective::stands)

  bool operator==(const StandingPeriod&) const = default;
};
/// One list for each row that is recorded at the position, as effective() has it: periods
/// ascend, and the first begins on the day on which the event became known.
[[nodiscard]] std::vector<std::vector<StandingPeriod>> standing_periods(Rows rows, Position at);

}  // namespace solnoma
