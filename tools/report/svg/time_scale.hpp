#pragma once

#include <cstdint>
#include <vector>

#include "engine/day.hpp"

namespace solnoma {

/// Time from left to right at one true scale. Where nothing happens for long, whole years are
/// left out and a break stands in their place; a break is as wide as any other.
///
/// A gap between neighbouring stretches of which something is known loses its whole years, but for
/// the first and last 90 days, if it takes up more than a seventh of the time shown and has five
/// such years. The page's script has a scale of its own, which shortens shorter gaps as well
/// (html/page/data/scale.mjs).
class TimeScale {
 public:
  struct Break {
    Day from, to;  ///< the first day that is left out; the first that is shown again
    double x = 0;  ///< the middle of it
  };
  enum class TickKind : std::uint8_t { year, month };
  struct Tick {
    Day day;
    double x = 0;
    TickKind kind = TickKind::year;
    bool labelled = false;
  };

  static constexpr double kBreakWidth = 26;

  /// `busy` are stretches that must be shown whole, in any order, as far as they are
  /// bounded; at least one bound must be. Shows all of them, and some days on both sides.
  TimeScale(const std::vector<Bounds>& busy, double left, double width);

  /// Where a day begins. A day that is left out lies within its break; one that is not shown,
  /// and an open end, at the edge.
  [[nodiscard]] double x(Day day) const;
  /// Where it ends.
  [[nodiscard]] double end_of(Day day) const;

  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double right() const { return left_ + width_; }
  [[nodiscard]] Bounds shown() const { return shown_; }
  [[nodiscard]] const std::vector<Break>& breaks() const { return breaks_; }

  /// The first days of years, and where there is room for them of months, in order. Labels
  /// stand apart by at least `room`.
  [[nodiscard]] std::vector<Tick> ticks(double room) const;

 private:
  [[nodiscard]] bool left_out(Day day) const;

  double left_, width_;
  Bounds shown_;
  std::vector<Break> breaks_;
  double per_day_ = 1;
};

}  // namespace solnoma
