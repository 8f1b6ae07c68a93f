#include "projections/many/fold.hpp"

#include <numeric>
#include <tuple>

#include "projections/raises.hpp"
#include "projections/rows.hpp"

namespace solnoma {
namespace {

/// What a vantage must see, at least, to see a row and the rows that decide whether it counts.
struct Need {
  Day known;
  Position position;

  void join(const Need& other) {
    known = std::max(known, other.known);
    position = std::max(position, other.position);
  }
};

std::vector<FoldCheckpoint> checkpoints_of(const FoldView& fold) {
  if (fold.rows.size() <= kFoldStride) return {};
  std::vector<Need> needs;
  for (const FoldRow& row : fold.rows) needs.push_back({row.known, row.position()});
  for (const FoldLink& link : fold.links) needs[link.of].join(needs[link.by]);

  const Sight all(kOpenFuture, kNewest);
  Superseded superseded;
  mark_superseded(fold, all, superseded);
  std::vector<FoldCheckpoint> result;
  Need need{kOpenPast, Position{0}};
  StateCode state = 0;
  for (std::size_t row = 0; row < fold.rows.size(); ++row) {
    need.join(needs[row]);
    state = kNextState[step_code_at<true>(fold, row, all, superseded)][state];
    if ((row + 1) % kFoldStride == 0) result.push_back({need.known, state, need.position});
  }
  return result;
}

/// The possible statuses by the general algorithm, where not only raises happened.
PossibleStatuses walk(const FoldView& fold, const Sight& sight, Day as_of,
                      const Superseded& superseded) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < fold.rows.size(); ++i) {
    const FoldRow& row = fold.rows[i];
    const StepCode code = step_code_at<true>(fold, i, sight, superseded);
    if (code != 0 && fold.earliest[i] <= as_of)
      steps.push_back(
          {fold.earliest[i], row.latest, row.position(), {}, effect_of(code), stage_of(code)});
  }
  return possible_statuses(steps, as_of);
}

}  // namespace

Fold fold_of(Rows rows) {
  std::vector<Step> all;  // of every row
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Revision revision = revision_of(i);
    const Row& row = rows[i];
    all.push_back(
        step_of(row, revision).value_or(Step{row.earliest, row.latest, row.position(), revision}));
  }
  std::ranges::sort(all, {}, [](const Step& s) { return std::tuple(s.latest, s.position); });

  Fold fold;
  std::vector<std::uint32_t> places(rows.size());
  for (const Step& step : all) {
    const std::size_t row = index_of(step.revision);
    places[row] = static_cast<std::uint32_t>(fold.rows.size());
    fold.rows.push_back({step.latest, rows[row].known,
                         step.position.value << 8 | step_code(step.effect, step.stage)});
    fold.earliest.push_back(step.earliest);
  }
  for (std::size_t i = rows.size(); i-- > 0;)
    if (rows[i].supersedes != 0)
      fold.links.push_back({places[i], places[rows[i].supersedes - 1], is_retraction(rows[i])});
  fold.checkpoints = checkpoints_of(fold.view());
  return fold;
}

void mark_superseded(const FoldView& fold, const Sight& sight, Superseded& superseded) {
  superseded.assign(fold.rows.size(), 0);
  // As effective() does: all that supersedes `by` is newer, and has been marked before. What is
  // replaced has all before it in its chain replaced, whether it holds or not.
  for (const FoldLink& link : fold.links) {
    const unsigned by = superseded[link.by];
    const unsigned stands =
        static_cast<unsigned>(sight.sees(fold.rows[link.by])) & static_cast<unsigned>(by == 0);
    const unsigned does = link.withdraws ? kWithdrawn : kReplaced;
    superseded[link.of] |= static_cast<std::uint8_t>((does & -stands) | (by & kReplaced));
  }
}

PossibleStatuses possible_at(const FoldView& fold, const Sight& sight, Day as_of,
                             Superseded& superseded) {
  mark_superseded(fold, sight, superseded);
  bool raises = true;
  bool precise = true;
  StateCode state = 0;  // of the conservative world
  StatusSet ahead;      // stages of raises that may have happened, but need not
  for (std::size_t i = 0; i < fold.rows.size(); ++i) {
    const StepCode code = step_code_at<true>(fold, i, sight, superseded);
    if (code == 0 || fold.earliest[i] > as_of) continue;
    const FoldRow& row = fold.rows[i];
    raises = raises && is_raise(code);
    precise = precise && fold.earliest[i] == row.latest;
    if (row.latest <= as_of)
      state = kNextState[code][state];
    else if (is_raise(code))
      ahead.set(static_cast<std::size_t>(stage_of(code)));
  }
  if (precise) return {only(kStatusOf[state])};  // there is one world
  if (!raises) return walk(fold, sight, as_of, superseded);
  return {statuses_of_raises(state_of(state).stage, ahead)};
}

}  // namespace solnoma
