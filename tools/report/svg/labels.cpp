#include "tools/report/svg/labels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <ranges>
#include <span>
#include <utility>

namespace solnoma {
namespace {

constexpr double kLabelGap = 8;  // between labels, and between a label and a line
constexpr std::size_t kMostTries = 40;

struct Interval {
  double from, to;
};

/// What a row holds already, in no order.
using LabelRow = std::vector<Interval>;

bool is_free(const LabelRow& row, Interval wanted) {
  return std::ranges::none_of(
      row, [&](const Interval& one) { return wanted.from < one.to && one.from < wanted.to; });
}

/// One way to place the labels of a lane.
class Placing {
 public:
  Placing(const std::vector<LabelWish>& wishes, double left, double right, std::size_t rows,
          std::optional<double> barrier)
      : wishes_(&wishes),
        left_(left),
        right_(right),
        barrier_(barrier),
        taken_(rows),
        places_(wishes.size()) {}

  void place(std::size_t i, bool leftwards) {
    const LabelWish& wish = (*wishes_)[i];
    if (leftwards ? wish.x - wish.width < left_ : wish.x + wish.width > right_) return;
    const Interval text = leftwards
                              ? Interval{wish.x - wish.width - kLabelGap, wish.x + kLabelGap / 2}
                              : Interval{wish.x - kLabelGap / 2, wish.x + wish.width + kLabelGap};
    if (barrier_ && text.from < *barrier_ && *barrier_ < text.to &&
        std::abs(*barrier_ - wish.x) > 1)
      return;
    const Interval line{wish.x - 1, wish.x + 1};
    for (std::size_t row = 0; row + wish.lines <= taken_.size(); ++row) {
      const auto block = std::span(taken_).subspan(row, wish.lines);
      if (std::ranges::all_of(block, [&](const LabelRow& one) { return is_free(one, text); })) {
        for (LabelRow& one : block) one.push_back(text);
        for (std::size_t above = 0; above < row; ++above) taken_[above].push_back(line);
        places_[i] = {true, row, leftwards};
        ++shown_;
        used_ = std::max(used_, row + wish.lines);
        return;
      }
      if (!is_free(taken_[row], line)) return;  // the line cannot pass
    }
  }

  [[nodiscard]] std::vector<LabelPlace> take_places() { return std::move(places_); }

  [[nodiscard]] std::size_t shown() const { return shown_; }

  /// More labels are better; then fewer rows.
  [[nodiscard]] bool is_better_than(const Placing& other) const {
    return shown_ != other.shown_ ? shown_ > other.shown_ : used_ < other.used_;
  }

 private:
  const std::vector<LabelWish>* wishes_;
  double left_, right_;
  std::optional<double> barrier_;  ///< what no text may lie over
  std::vector<LabelRow> taken_;
  std::vector<LabelPlace> places_;
  std::size_t shown_ = 0;
  std::size_t used_ = 0;
};

/// A label that runs to the right leaves room for the lines of marks to its left, and so of
/// these the last goes first; of those that run to the left, the first.
void place_side(Placing& placing, std::span<const std::size_t> order, bool leftwards) {
  if (leftwards)
    for (const std::size_t i : order) placing.place(i, true);
  else
    for (const std::size_t i : order | std::views::reverse) placing.place(i, false);
}

Placing best_of(const std::vector<LabelWish>& wishes, double left, double right, std::size_t rows,
                std::optional<double> barrier) {
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wishes[i].x; });
  // Marks up to some point have their labels to the right, the others to the left. In a crowd
  // only a few such points are tried.
  const std::size_t stride = wishes.size() / kMostTries + 1;
  Placing best(wishes, left, right, rows, barrier);
  for (std::size_t leftwards = 0; leftwards <= wishes.size(); leftwards += stride) {
    const std::size_t split = wishes.size() - leftwards;
    const std::span before = std::span(order).first(split);
    const std::span after = std::span(order).subspan(split);
    for (const bool left_first : {false, true}) {
      Placing placing(wishes, left, right, rows, barrier);
      place_side(placing, left_first ? after : before, left_first);
      place_side(placing, left_first ? before : after, !left_first);
      if (placing.is_better_than(best)) best = std::move(placing);
    }
  }
  return best;
}

}  // namespace

std::vector<LabelPlace> place_labels(const std::vector<LabelWish>& wishes, double left,
                                     double right, std::size_t rows,
                                     std::optional<double> barrier) {
  Placing best = best_of(wishes, left, right, rows, barrier);
  // A label that is crossed by a line is better than none.
  if (barrier && best.shown() < wishes.size()) {
    Placing crossed = best_of(wishes, left, right, rows, {});
    if (crossed.shown() > best.shown()) best = std::move(crossed);
  }
  return best.take_places();
}

}  // namespace solnoma
