#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "projections/many/transition_table.hpp"
#include "projections/possible.hpp"

namespace solnoma {

/// A subject's relevant rows in the order in which it is folded, with no more than a status
/// needs: what Portfolio holds of every subject.

/// A step; or, with step code 0, a row that only supersedes another.
struct FoldRow {
  Day latest;
  Day known;
  std::uint64_t packed = 0;  ///< position in the upper 56 bits, step code in the lower 8

  [[nodiscard]] Position position() const { return Position{packed >> 8}; }
  [[nodiscard]] StepCode step_code() const { return static_cast<StepCode>(packed); }
};
static_assert(sizeof(FoldRow) == 16);

/// The row with index `by` supersedes that with index `of`.
struct FoldLink {
  std::uint32_t by;
  std::uint32_t of;
  bool withdraws;  ///< `by` is a retraction; otherwise a correction
};

/// The state after the first N rows, for vantages that see all of these and all that
/// supersedes them, directly or through others.
struct FoldCheckpoint {
  Day known;  ///< the newest day on which one of those became known
  StateCode state = 0;
  Position position;  ///< the highest of those
};
/// Rows between checkpoints. A subject with no more rows has no checkpoint.
inline constexpr std::size_t kFoldStride = 64;

struct FoldView {
  std::span<const FoldRow> rows;                ///< by latest day, then position
  std::span<const Day> earliest;                ///< of each row
  std::span<const FoldLink> links;              ///< newest `by` first
  std::span<const FoldCheckpoint> checkpoints;  ///< after 64, 128 … rows
};

struct Fold {
  std::vector<FoldRow> rows;
  std::vector<Day> earliest;
  std::vector<FoldLink> links;
  std::vector<FoldCheckpoint> checkpoints;

  [[nodiscard]] FoldView view() const { return {rows, earliest, links, checkpoints}; }
};

/// Pure; n log n. Precondition: positions ascend.
[[nodiscard]] Fold fold_of(Rows rows);

/// Tests whether a row is visible at a vantage, in two comparisons.
class Sight {
 public:
  Sight(Day known_by, Position at)
      : known_by_(known_by), packed_(std::min(at, kNewest).value << 8 | 0xFF) {}

  [[nodiscard]] bool sees(const FoldRow& row) const { return sees(row.known, row.packed); }
  [[nodiscard]] bool sees(const FoldCheckpoint& checkpoint) const {
    return sees(checkpoint.known, checkpoint.position.value << 8);
  }

 private:
  [[nodiscard]] bool sees(Day known, std::uint64_t packed) const {
    return static_cast<int>(known <= known_by_) & static_cast<int>(packed <= packed_);
  }

  Day known_by_;
  std::uint64_t packed_;
};

/// By row: kWithdrawn where a retraction that holds withdraws it, kReplaced where a correction that
/// holds replaces it, both or 0. Callers reuse one for all subjects, to reuse its memory.
using Superseded = std::vector<std::uint8_t>;
inline constexpr unsigned kWithdrawn = 1;
inline constexpr unsigned kReplaced = 2;

/// Fills `superseded` for the subject of this fold.
void mark_superseded(const FoldView& fold, const Sight& sight, Superseded& superseded);

/// The step code of a row at a vantage; 0 where the row does not count. `Linked`: some rows may
/// be superseded. Without branches, since the processor would guess them wrong.
template <bool Linked>
[[nodiscard]] inline StepCode step_code_at(const FoldView& fold, std::size_t row,
                                           const Sight& sight, const Superseded& superseded) {
  unsigned counts = sight.sees(fold.rows[row]);
  if constexpr (Linked) counts &= static_cast<unsigned>(superseded[row] == 0);
  return static_cast<StepCode>(fold.rows[row].step_code() & -counts);
}

/// A place in a fold: the state that the first `row` rows gave.
struct FoldPlace {
  std::size_t row = 0;
  StateCode state = 0;
};

/// Where a fold up to a day may begin: after the last checkpoint that the vantage can use.
[[nodiscard]] inline FoldPlace start_of(const FoldView& fold, const Sight& sight, Day as_of) {
  if (fold.checkpoints.empty()) return {};
  const auto usable = [&](const FoldCheckpoint& checkpoint) {
    const auto index = static_cast<std::size_t>(&checkpoint - fold.checkpoints.data());
    return sight.sees(checkpoint) && fold.rows[(index + 1) * kFoldStride - 1].latest <= as_of;
  };
  const auto next = std::ranges::partition_point(fold.checkpoints, usable);
  if (next == fold.checkpoints.begin()) return {};
  return {static_cast<std::size_t>(next - fold.checkpoints.begin()) * kFoldStride,
          std::prev(next)->state};
}

/// Folds from a place up to a day.
template <bool Linked>
[[nodiscard]] inline FoldPlace fold_to(const FoldView& fold, FoldPlace place, const Sight& sight,
                                       Day as_of, const Superseded& superseded) {
  for (; place.row < fold.rows.size() && fold.rows[place.row].latest <= as_of; ++place.row)
    place.state = kNextState[step_code_at<Linked>(fold, place.row, sight, superseded)][place.state];
  return place;
}

/// The state of the conservative world. `superseded`: memory to work in.
[[nodiscard]] inline StateCode state_at(const FoldView& fold, const Sight& sight, Day as_of,
                                        Superseded& superseded) {
  const FoldPlace start = start_of(fold, sight, as_of);
  if (fold.links.empty()) return fold_to<false>(fold, start, sight, as_of, superseded).state;
  mark_superseded(fold, sight, superseded);
  return fold_to<true>(fold, start, sight, as_of, superseded).state;
}

/// The statuses of all worlds, as exact as possible_statuses().
[[nodiscard]] PossibleStatuses possible_at(const FoldView& fold, const Sight& sight, Day as_of,
                                           Superseded& superseded);

}  // namespace solnoma
