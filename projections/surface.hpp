#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/row.hpp"
#include "events/event.hpp"
#include "projections/figures.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"

namespace solnoma {

/// An answer as a function of two days, *known by* and *as of*, at a fixed position: what a
/// reader needs in order to look at a subject from any day without a rule of its own.
template <class Answer>
struct Surface {
  struct Cell {
    Day from;              ///< as of this day, up to that of the next cell
    std::uint32_t answer;  ///< index into `answers`

    bool operator==(const Cell&) const = default;
  };
  struct Strip {
    Day from;  ///< known by this day, up to that of the next strip
    std::vector<Cell> cells;
  };

  std::vector<Answer> answers;  ///< each once, in the order in which they are first met
  std::vector<Strip> strips;    ///< ascending; neighbours differ, as do neighbouring cells

  /// The last cell that begins by `as_of` in the last strip that begins by `known_by`. The
  /// first of either begins before every day.
  [[nodiscard]] const Answer& at(Day known_by, Day as_of) const {
    const auto last_by = [](const auto& stretches, Day day) {
      using Stretch = typename std::decay_t<decltype(stretches)>::value_type;
      return std::prev(std::ranges::upper_bound(stretches, day, {}, &Stretch::from));
    };
    return answers[last_by(last_by(strips, known_by)->cells, as_of)->answer];
  }
};

/// Of the rows of a subject, at a position. Precondition of all: positions ascend. Pure. Time
/// and size grow with the square of the rows that bear on the answer; the output is as small
/// as that allows.

/// status() at every vantage of that position, with its reasons.
[[nodiscard]] Surface<StatusAt> status_surface(Rows rows, Position at);

/// plans() at every vantage of that position.
[[nodiscard]] Surface<std::vector<Plan>> plans_surface(Rows rows, Position at);

/// figures() at every vantage of that position. `events` are the subject's, as `rows`.
[[nodiscard]] Surface<std::vector<Figure>> figures_surface(std::span<const StoredEvent> events,
                                                           Rows rows, Position at);

/// Which event described the subject, from a day of knowledge on; as described_by(). The
/// first from before everything; neighbours differ.
struct Described {
  Day from;
  Revision by;  ///< 0: none

  bool operator==(const Described&) const = default;
};
[[nodiscard]] std::vector<Described> descriptions(std::span<const StoredEvent> events, Rows rows,
                                                  Position at);

/// How an event stood for those who knew what was known from one day up to another.
struct Tenure {
  Day from;
  Day to;                  ///< excluded; kOpenFuture: for ever
  Revision superseded_by;  ///< 0: it counts

  bool operator==(const Tenure&) const = default;
};
/// By row of those that are recorded at the position: ascending, from the day it became
/// known; as effective().
[[nodiscard]] std::vector<std::vector<Tenure>> tenures(Rows rows, Position at);

}  // namespace solnoma
