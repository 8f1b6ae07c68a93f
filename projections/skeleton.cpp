#include "projections/skeleton.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "engine/base/check.hpp"
#include "projections/steps.hpp"

namespace solnoma {
namespace {

/// How much a step settles: a raise all raises of up to its stage, an end everything but a
/// reinstatement.
constexpr std::size_t kEnd = static_cast<std::size_t>(Stage::operating) + 1;

bool ends(const Step& step) {
  return step.effect == Effect::cancel || step.effect == Effect::retire;
}

/// The stretches of days between reinstatements, numbered.
class Stretches {
 public:
  void cut(Bounds window) { windows_.push_back(window); }

  /// Joins windows that overlap. To be called after the last cut.
  void settle() {
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

  /// The stretch that holds both days; none where a reinstatement is possible between them.
  [[nodiscard]] std::optional<std::size_t> holding(Day first, Day last) const {
    const auto next = std::ranges::lower_bound(windows_, first, {}, &Bounds::latest);
    if (next != windows_.end() && next->earliest <= last) return {};
    return next - windows_.begin();
  }

 private:
  std::vector<Bounds> windows_;
};

/// Of steps that count wherever they are seen, those that no other one makes needless: by
/// latest day, each known earlier than the one before.
class Frontier {
 public:
  /// Whether one of them surely happened by `day` and is seen by whoever knows what was
  /// known on `known`.
  [[nodiscard]] bool reaches(Day day, Day known) const {
    const auto after = known_.upper_bound(day);
    return after != known_.begin() && std::prev(after)->second <= known;
  }
  void add(Day latest, Day known) {
    if (reaches(latest, known)) return;
    auto it = known_.lower_bound(latest);
    while (it != known_.end() && it->second >= known) it = known_.erase(it);
    known_.emplace(latest, known);
  }

 private:
  std::map<Day, Day> known_;
};

/// The n-th settles what needs at least n.
using Frontiers = std::array<Frontier, kEnd + 1>;

/// Tells of step after step, in the order of positions, whether an earlier one makes it idle:
/// whether it changes nothing in any world at any vantage.
class Idleness {
 public:
  explicit Idleness(Rows rows) {
    for (const Row& row : rows) {
      const auto step = step_of(row, {});
      if (!step) continue;
      if (step->effect == Effect::reinstate) stretches_.cut({step->earliest, step->latest});
      if (ends(*step)) first_end_ = std::min(first_end_, step->earliest);
    }
    stretches_.settle();
  }

  [[nodiscard]] bool idle(const Step& step, Day known) const {
    const std::size_t needed =
        step.effect == Effect::raise ? static_cast<std::size_t>(step.stage) : kEnd;
    if (never_ignored_[needed].reaches(step.earliest, known)) return true;
    const auto stretch = stretches_.holding(step.latest, step.latest);
    if (!stretch) return false;  // as of every reinstatement
    const auto frontiers = by_stretch_.find(*stretch);
    return frontiers != by_stretch_.end() &&
           frontiers->second[needed].reaches(step.earliest, known);
  }

  /// From here on the step may make others idle. It must never be superseded.
  void add(const Step& step, Day known) {
    if (step.effect != Effect::raise && !ends(step)) return;
    const std::size_t settled = ends(step) ? kEnd : static_cast<std::size_t>(step.stage);
    if (step.effect == Effect::raise && step.latest < first_end_)
      add(never_ignored_, settled, step.latest, known);
    else if (const auto stretch = stretches_.holding(step.earliest, step.latest))
      add(by_stretch_[*stretch], settled, step.latest, known);
  }

 private:
  static void add(Frontiers& frontiers, std::size_t settled, Day latest, Day known) {
    for (std::size_t needed = 0; needed <= settled; ++needed) frontiers[needed].add(latest, known);
  }

  Day first_end_ = kOpenFuture;
  Stretches stretches_;
  Frontiers never_ignored_;  // raises before anything can have ended the park
  /// The others: where an ended park ignored one, that settles nothing beyond the day on
  /// which it may have been reinstated.
  std::map<std::size_t, Frontiers> by_stretch_;
};

}  // namespace

std::vector<bool> idle(Rows rows) {
  std::vector<bool> superseded(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SOLNOMA_CHECK(rows[i].supersedes <= i);
    if (rows[i].supersedes != 0) superseded[rows[i].supersedes - 1] = true;
  }
  Idleness idleness(rows);
  std::vector<bool> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto step = step_of(rows[i], {});
    result[i] = !step || idleness.idle(*step, rows[i].known);
    if (!result[i] && !superseded[i]) idleness.add(*step, rows[i].known);
  }
  return result;
}

std::vector<Row> skeleton(Rows rows) {
  const std::vector<bool> is_idle = idle(rows);
  std::vector<Row> kept;
  std::vector<std::uint32_t> revisions(rows.size());  // among those kept; 0: left out
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const std::uint32_t target = row.supersedes == 0 ? 0 : revisions[row.supersedes - 1];
    if (is_idle[i] && target == 0) continue;
    kept.push_back(row);
    kept.back().supersedes = target;
    revisions[i] = static_cast<std::uint32_t>(kept.size());
  }
  return kept;
}

}  // namespace solnoma
