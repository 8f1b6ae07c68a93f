#include "projections/all_days/answer_grid.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_map>

#include "projections/all_days/status_history.hpp"
#include "projections/all_days/status_sweep.hpp"
#include "projections/effective.hpp"
#include "projections/relevant_rows.hpp"
#include "projections/rows.hpp"
#include "projections/sort_unique.hpp"
#include "projections/steps.hpp"

namespace solnoma {
namespace {

/// kOpenPast, then the days on which rows that matter became known, each once. A row matters
/// where `bears` says so, and where it supersedes another.
std::vector<Day> known_days(Rows rows, const std::function<bool(std::size_t)>& bears) {
  std::vector<Day> days{kOpenPast};
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].supersedes != 0 || bears(i)) days.push_back(rows[i].known);
  sort_unique(days);
  return days;
}

std::size_t mix(std::size_t hash, std::size_t value) {
  return (hash ^ value) * 0x9E3779B97F4A7C15U + (hash >> 32U);
}

/// Equal answers have equal fingerprints; few others have.
std::size_t fingerprint(const StatusAt& status) {
  std::size_t hash = mix(static_cast<std::size_t>(status.status), status.possible.to_ulong());
  for (const Revision revision : status.because) hash = mix(hash, revision.value);
  return hash;
}
std::size_t fingerprint(const std::vector<Plan>& plans) {
  std::size_t hash = plans.size();
  for (const Plan& plan : plans)
    hash = mix(mix(mix(hash, plan.revision.value), static_cast<std::size_t>(plan.state)),
               plan.moved_to.value);
  return hash;
}
std::size_t fingerprint(const std::vector<Figure>& figures) {
  std::size_t hash = figures.size();
  for (const Figure& figure : figures)
    hash = mix(mix(hash, figure.from.back().value), figure.from.size());
  return hash;
}

/// The first day whose status can differ between two lists of steps: the earliest day of any
/// step that only one of them has. No step plays a part in what holds before its earliest day.
/// Both lists are in the order of revisions, so they are merged.
Day first_difference(const std::vector<Step>& before, const std::vector<Step>& now) {
  Day first = kOpenFuture;
  auto was = before.begin();
  for (const Step& step : now) {
    for (; was != before.end() && was->revision < step.revision; ++was)
      first = std::min(first, was->earliest);
    if (was != before.end() && was->revision == step.revision)
      ++was;
    else
      first = std::min(first, step.earliest);
  }
  for (; was != before.end(); ++was) first = std::min(first, was->earliest);
  return first;
}

/// The first day whose figures can differ between two lists of what happened, both in the order of
/// the conservative world: that of the first event which only one of them has there.
Day first_difference(Rows rows, const std::vector<std::size_t>& before,
                     const std::vector<std::size_t>& now) {
  const auto [was, is] = std::ranges::mismatch(before, now);
  Day first = kOpenFuture;
  if (was != before.end()) first = rows[*was].latest;
  if (is != now.end()) first = std::min(first, rows[*is].latest);
  return first;
}

/// The rows that can make a difference to plans: those of the keys that hold one, those that name
/// what they fulfil and those that bear an id so named, those that end or reopen the subject, and
/// what is superseded. None where nothing is planned.
std::vector<bool> rows_of_plans(Rows rows, const PlanKeys& keys) {
  std::vector<bool> planned(keys.keys.size());  // by key
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (is_planned(rows[i].kind())) planned[keys.keys[i]] = true;
  std::vector<bool> result(rows.size());
  if (std::ranges::find(planned, true) == planned.end()) return result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Effect effect = event_type(type_of_kind(rows[i].kind())).effect;
    result[i] = planned[keys.keys[i]] || effect == Effect::cancel || effect == Effect::retire ||
                effect == Effect::reinstate;
    if (rows[i].supersedes != 0) result[rows[i].supersedes - 1] = true;
  }
  const auto bears = [&](Revision revision) {
    if (revision.value != 0 && revision.value <= rows.size()) result[index_of(revision)] = true;
  };
  for (const auto& [by, own, others] : keys.namings) {
    bears(by);
    bears(own);
    std::ranges::for_each(others, bears);
  }
  return result;
}

/// Puts a grid together cell by cell. Cells and rows that equal the one before are left out.
template <class Answer>
class GridBuilder {
 public:
  /// Cells that are added from now on belong to this day of knowledge.
  void begin_row(Day known_by) {
    drop_equal_row();
    grid_.rows.push_back({known_by, {}});
  }

  /// Copies from the previous row the cells that begin before a day.
  void copy_cells_before(Day as_of) {
    auto& rows = grid_.rows;
    if (rows.size() < 2) return;
    for (const auto& cell : rows[rows.size() - 2].cells)
      if (cell.from < as_of) rows.back().cells.push_back(cell);
  }

  void add_cell(Day as_of, const Answer& answer) {
    auto& cells = grid_.rows.back().cells;
    if (!cells.empty() && grid_.answers[cells.back().answer] == answer) return;
    cells.push_back({as_of, number_of(answer)});
  }

  [[nodiscard]] AnswerGrid<Answer> finish() {
    drop_equal_row();
    return std::move(grid_);
  }

 private:
  void drop_equal_row() {
    auto& rows = grid_.rows;
    const std::size_t count = rows.size();
    if (count > 1 && rows[count - 1].cells == rows[count - 2].cells) rows.pop_back();
  }

  std::uint32_t number_of(const Answer& answer) {
    auto& answers = grid_.answers;
    const std::size_t hash = fingerprint(answer);
    for (auto [it, end] = indices_.equal_range(hash); it != end; ++it)
      if (answers[it->second] == answer) return it->second;
    const auto next = static_cast<std::uint32_t>(answers.size());
    answers.push_back(answer);
    indices_.emplace(hash, next);
    return next;
  }

  AnswerGrid<Answer> grid_;
  std::unordered_multimap<std::size_t, std::uint32_t> indices_;
};

}  // namespace

AnswerGrid<StatusAt> status_grid(Rows rows, Position at, Effort effort) {
  rows = recorded_by(rows, at);
  // Redundant steps change no state, so the grid needs relevant ones only. It does need vague
  // redundant ones as well: these may be named among the reasons.
  std::vector<bool> bears = redundant_rows(rows);
  bears.flip();
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (const auto step = step_of(rows[i], {}); step && !step->precise()) bears[i] = true;

  GridBuilder<StatusAt> builder;
  std::vector<Step> before;
  builder.begin_row(kOpenPast);
  builder.add_cell(kOpenPast, status(before, kOpenPast));
  for (const Day known_by : known_days(rows, [&](std::size_t i) { return bears[i]; })) {
    std::vector<Step> now = steps(rows, effective(rows, {.known_by = known_by, .at = at}));
    std::erase_if(now, [&](const Step& step) { return !bears[index_of(step.revision)]; });
    if (now == before) continue;
    const Day first = first_difference(before, now);
    builder.begin_row(known_by);
    builder.copy_cells_before(first);
    StatusSweep sweep(now);
    bool coarse = effort.is_spent();
    const auto add_cell = [&](Day as_of) {
      coarse = effort.is_spent();
      StatusAt answer = sweep.as_of(as_of);
      if (!answer.certain() && effort.affords_reasons(now.size())) {
        answer = status(now, as_of, effort);
      } else if (!answer.exact && !coarse) {
        const PossibleStatuses possible = effort.possible(sweep.steps(), as_of);
        answer.possible = possible.statuses;
        answer.exact = possible.exact;
        answer.all_reasons = answer.certain();
      }
      builder.add_cell(as_of, answer);
    };
    add_cell(first);
    const std::vector<Day> own = own_days(now);
    for (const Day as_of : coarse ? own : days_of_change(now)) {
      if (as_of <= first) continue;
      // What encloses a day encloses all up to the next on which a step begins or ends.
      if (coarse && !std::ranges::binary_search(own, as_of)) continue;
      add_cell(as_of);
    }
    before = std::move(now);
  }
  return builder.finish();
}

AnswerGrid<std::vector<Plan>> plans_grid(Rows rows, const PlanKeys& keys, Position at) {
  rows = recorded_by(rows, at);
  const std::vector<bool> bears = rows_of_plans(rows, keys);
  GridBuilder<std::vector<Plan>> builder;
  std::optional<KnownPlans> before;
  for (const Day known_by : known_days(rows, [&](std::size_t i) { return bears[i]; })) {
    const Effective counting = effective(rows, {.known_by = known_by, .at = at});
    KnownPlans now(rows, keys, counting);
    if (now == before) continue;
    std::vector<Day> days = now.days_of_change();
    days.push_back(kOpenPast);
    sort_unique(days);
    builder.begin_row(known_by);
    for (const Day as_of : days) builder.add_cell(as_of, now.as_of(as_of));
    before = std::move(now);
  }
  return builder.finish();
}

AnswerGrid<std::vector<Figure>> figures_grid(std::span<const StoredEvent> events, Rows rows,
                                             Position at) {
  rows = recorded_by(rows, at);
  GridBuilder<std::vector<Figure>> builder;
  std::vector<std::size_t> before;
  const auto bears = [&](std::size_t i) { return bears_figures(rows[i]); };
  for (const Day known_by : known_days(rows, bears)) {
    const Effective counting = effective(rows, {.known_by = known_by, .at = at});
    std::vector<std::size_t> now = happened(rows, counting, kOpenFuture);
    std::erase_if(now, [&](std::size_t i) { return !bears(i); });
    if (known_by != kOpenPast && now == before) continue;
    builder.begin_row(known_by);
    const Day first = first_difference(rows, before, now);
    builder.copy_cells_before(first);
    if (known_by == kOpenPast) builder.add_cell(kOpenPast, {});
    FigureFold fold;
    for (std::size_t n = 0; n < now.size(); ++n) {
      const std::size_t i = now[n];
      fold.add(events[i].event, rows[i], revision_of(i));
      const bool day_ends = n + 1 == now.size() || rows[now[n + 1]].latest != rows[i].latest;
      if (day_ends && rows[i].latest >= first) builder.add_cell(rows[i].latest, fold.figures());
    }
    before = std::move(now);
  }
  return builder.finish();
}

std::vector<Described> descriptions(std::span<const StoredEvent> events, Rows rows, Position at) {
  rows = recorded_by(rows, at);
  std::vector<Described> result;
  const auto bears = [&](std::size_t i) { return events[i].event.description.has_value(); };
  for (const Day known_by : known_days(rows, bears)) {
    const Revision by =
        described_by(events.first(rows.size()), effective(rows, {.known_by = known_by, .at = at}));
    if (result.empty() || result.back().by != by) result.push_back({known_by, by});
  }
  return result;
}

std::vector<std::vector<StandingPeriod>> standing_periods(Rows rows, Position at) {
  rows = recorded_by(rows, at);
  std::vector<bool> superseded(rows.size());
  for (const Row& row : rows)
    if (row.supersedes != 0) superseded[row.supersedes - 1] = true;
  std::vector<std::vector<StandingPeriod>> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!superseded[i]) result[i].push_back({rows[i].known, kOpenFuture, {}});
  if (std::ranges::find(superseded, true) == superseded.end()) return result;

  for (const Day known_by : known_days(rows, [&](std::size_t i) { return superseded[i]; })) {
    const Effective counting = effective(rows, {.known_by = known_by, .at = at});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!superseded[i] || !counting.visible(i)) continue;
      const Revision by = counting.superseded_by[i];
      if (!result[i].empty()) {
        if (result[i].back().superseded_by == by) continue;
        result[i].back().to = known_by;
      }
      result[i].push_back({known_by, kOpenFuture, by});
    }
  }
  return result;
}

}  // namespace solnoma
