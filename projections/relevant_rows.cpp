#include "projections/relevant_rows.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "engine/base/check.hpp"
#include "projections/raises.hpp"
#include "projections/steps.hpp"

namespace solnoma {
namespace {

/// What a step dominates: a raise all raises up to its stage, an end everything but a
/// reinstatement.
constexpr std::size_t kEnd = kStages;

/// The intervals of days between reinstatements, numbered from 0.
class Intervals {
 public:
  /// No interval holds a day of this window.
  void exclude(Bounds window) { windows_.push_back(window); }

  /// Joins windows that overlap. To be called after the last exclude().
  void merge_overlapping() {
    std::ranges::sort(windows_, {}, &Bounds::earliest);
    std::size_t count = 0;
    for (const Bounds& window : windows_) {
      if (count > 0 && window.earliest <= windows_[count - 1].latest)
        windows_[count - 1].latest = std::max(windows_[count - 1].latest, window.latest);
      else
        windows_[count++] = window;
    }
    windows_.resize(count);
  }

  /// The interval that holds both days; none where a reinstatement is possible between them.
  [[nodiscard]] std::optional<std::size_t> holding(Day first, Day last) const {
    const auto next = std::ranges::lower_bound(windows_, first, {}, &Bounds::latest);
    if (next != windows_.end() && next->earliest <= last) return {};
    return next - windows_.begin();
  }

 private:
  std::vector<Bounds> windows_;
};

/// The steps that no other one makes needless, as pairs of latest day and day of knowledge:
/// the later they happened, the earlier they were known.
class Frontier {
 public:
  /// Whether one of them had surely happened by `day` and is seen from every vantage that
  /// sees what became known on `known`.
  [[nodiscard]] bool dominates(Day day, Day known) const {
    const auto after = known_.upper_bound(day);
    return after != known_.begin() && std::prev(after)->second <= known;
  }
  void add(Day latest, Day known) {
    if (dominates(latest, known)) return;
    auto it = known_.lower_bound(latest);
    while (it != known_.end() && it->second >= known) it = known_.erase(it);
    known_.emplace(latest, known);
  }

 private:
  std::map<Day, Day> known_;  // by latest day
};

/// The n-th has the steps that dominate what needs at least n.
using Frontiers = std::array<Frontier, kEnd + 1>;

/// The steps so far, in the order of positions, that dominate later ones.
class DominatingSteps {
 public:
  explicit DominatingSteps(Rows rows) {
    for (const Row& row : rows) {
      const auto step = step_of(row, {});
      if (!step) continue;
      if (step->effect == Effect::reinstate) intervals_.exclude({step->earliest, step->latest});
      first_end_.add(*step);
    }
    intervals_.merge_overlapping();
  }

  /// Whether one of them dominates `step`, which then changes nothing in any world.
  [[nodiscard]] bool dominate(const Step& step, Day known) const {
    const std::size_t needed = is_raise(step.effect) ? static_cast<std::size_t>(step.stage) : kEnd;
    if (never_ignored_[needed].dominates(step.earliest, known)) return true;
    const auto interval = intervals_.holding(step.latest, step.latest);
    if (!interval) return false;  // as of every reinstatement
    const auto frontiers = by_interval_.find(*interval);
    return frontiers != by_interval_.end() &&
           frontiers->second[needed].dominates(step.earliest, known);
  }

  /// Precondition: no row ever supersedes that of the step.
  void add(const Step& step, Day known) {
    if (!is_raise(step.effect) && !is_end(step.effect)) return;
    const std::size_t dominated = is_end(step.effect) ? kEnd : static_cast<std::size_t>(step.stage);
    if (is_raise(step.effect) && first_end_.is_after(step.latest))
      add(never_ignored_, dominated, step.latest, known);
    else if (const auto interval = intervals_.holding(step.earliest, step.latest))
      add(by_interval_[*interval], dominated, step.latest, known);
  }

 private:
  static void add(Frontiers& frontiers, std::size_t dominated, Day latest, Day known) {
    for (std::size_t needed = 0; needed <= dominated; ++needed)
      frontiers[needed].add(latest, known);
  }

  FirstEnd first_end_;
  Intervals intervals_;
  Frontiers never_ignored_;  // raises to assured stages (raises.hpp)
  /// The other raises, and ends. An ended park may have ignored such a raise: then it is the
  /// end that makes later steps needless, but only up to the next possible reinstatement.
  std::map<std::size_t, Frontiers> by_interval_;
};

}  // namespace

std::vector<bool> redundant_rows(Rows rows) {
  std::vector<bool> superseded(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SOLNOMA_CHECK(rows[i].supersedes <= i);
    if (rows[i].supersedes != 0) superseded[rows[i].supersedes - 1] = true;
  }
  DominatingSteps dominating(rows);
  std::vector<bool> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto step = step_of(rows[i], {});
    result[i] = !step || dominating.dominate(*step, rows[i].known);
    if (!result[i] && !superseded[i]) dominating.add(*step, rows[i].known);
  }
  return result;
}

std::vector<Row> relevant_rows(Rows rows) {
  const std::vector<bool> redundant = redundant_rows(rows);
  std::vector<Row> kept;
  std::vector<std::uint32_t> revisions(rows.size());  // among those kept; 0: left out
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const std::uint32_t target = row.supersedes == 0 ? 0 : revisions[row.supersedes - 1];
    if (redundant[i] && target == 0) continue;
    kept.push_back(row);
    kept.back().supersedes = target;
    revisions[i] = static_cast<std::uint32_t>(kept.size());
  }
  return kept;
}

}  // namespace solnoma
