#include "projections/many/portfolio.hpp"

#include <algorithm>
#include <set>

#include "engine/base/check.hpp"
#include "engine/base/parallel.hpp"
#include "projections/relevant_rows.hpp"
#include "projections/rows.hpp"

namespace solnoma {
namespace {

/// Subjects differ in length: with small shares all threads finish at about the same time.
constexpr std::size_t kSharesPerThread = 16;

/// Reads the subjects from `first` up to `end`, which is excluded; numbers them anew from 0.
Result<FoldStore> read(const Log& log, std::size_t first, std::size_t end, Position head) {
  FoldStore folds;
  folds.resize(end - first);
  if (first == end) return folds;
  const SubjectRange range{SubjectNumber{static_cast<std::uint32_t>(first)},
                           SubjectNumber{static_cast<std::uint32_t>(end - 1)}};
  auto ok = log.all_rows(
      [&](SubjectNumber subject, Rows rows) {
        folds.put(subject.value - first, fold_of(relevant_rows(recorded_by(rows, head))).view());
        return true;
      },
      range);
  if (!ok) return std::unexpected(ok.error());
  return folds;
}

Sight sight_of(const Vantage& vantage) {
  return {vantage.known_by, vantage.at};
}

/// The index of the first of these days that is not before `day`. Precondition: there is one.
/// Without branches, since the processor would guess them wrong.
std::size_t first_from(std::span<const Day> days, Day day) {
  const Day* first = days.data();
  for (std::size_t left = days.size(); left > 1;) {
    const std::size_t half = left / 2;
    first += half * static_cast<std::size_t>(first[half - 1] < day);
    left -= half;
  }
  return static_cast<std::size_t>(first - days.data());
}

/// Adds a subject to `differences`: on the first day it counts its status; on each later day by
/// which the status has changed, one less for the old status and one more for the new.
template <bool Linked>
void add_differences(const FoldView& fold, const Sight& sight, std::span<const Day> days,
                     const Superseded& superseded, std::span<StatusCounts> differences) {
  FoldPlace place =
      fold_to<Linked>(fold, start_of(fold, sight, days.front()), sight, days.front(), superseded);
  auto before = static_cast<std::size_t>(kStatusOf[place.state]);
  ++differences.front()[before];
  for (; place.row < fold.rows.size() && fold.rows[place.row].latest <= days.back(); ++place.row) {
    place.state = kNextState[step_code_at<Linked>(fold, place.row, sight, superseded)][place.state];
    const auto after = static_cast<std::size_t>(kStatusOf[place.state]);
    if (after == before) continue;
    StatusCounts& difference = differences[first_from(days, fold.rows[place.row].latest)];
    --difference[before];
    ++difference[after];
    before = after;
  }
}

}  // namespace

Result<Portfolio> Portfolio::load(const Log& log, unsigned threads) {
  Portfolio portfolio;
  portfolio.position_ = log.head();
  const auto subjects = log.subject_count();
  if (!subjects) return std::unexpected(subjects.error());

  std::vector<Result<FoldStore>> shares(threads <= 1 ? 1 : std::size_t{threads} * kSharesPerThread);
  parallel_for(shares.size(), threads, [&](std::size_t i) {
    shares[i] = read(log, *subjects * i / shares.size(), *subjects * (i + 1) / shares.size(),
                     portfolio.position_);
  });
  for (auto& share : shares) {
    if (!share) return std::unexpected(share.error());
    if (shares.size() == 1)
      portfolio.folds_ = std::move(*share);
    else
      portfolio.folds_.append(*share);
    share = FoldStore();
  }
  portfolio.folds_.shrink();
  return portfolio;
}

Result<void> Portfolio::catch_up(const Log& log) {
  const Position head = log.head();
  if (head <= position_) return {};
  const auto subjects = log.subject_count();
  if (!subjects) return std::unexpected(subjects.error());
  std::set<SubjectNumber> touched;
  auto ok = log.read(position_.next(), Direction::forwards, [&](const RecordedEvent& event) {
    if (event.position > head) return false;
    touched.insert(event.subject_number);
    return true;
  });
  if (!ok) return ok;
  folds_.resize(std::max<std::size_t>(folds_.size(), *subjects));
  for (const SubjectNumber subject : touched) {
    const auto rows = log.rows(subject);
    if (!rows) return std::unexpected(rows.error());
    put(subject, recorded_by(*rows, head));
  }
  position_ = head;
  return {};
}

void Portfolio::put(SubjectNumber subject, Rows rows) {
  if (subject.value >= folds_.size()) folds_.resize(std::size_t{subject.value} + 1);
  folds_.put(subject.value, fold_of(relevant_rows(rows)).view());
}

Status Portfolio::status(SubjectNumber subject, const Vantage& vantage) const {
  SOLNOMA_CHECK(subject.value < size());
  Superseded superseded;
  return kStatusOf[state_at(folds_.view(subject.value), sight_of(vantage), vantage.as_of,
                            superseded)];
}

PossibleStatuses Portfolio::possible(SubjectNumber subject, const Vantage& vantage) const {
  SOLNOMA_CHECK(subject.value < size());
  Superseded superseded;
  return possible_at(folds_.view(subject.value), sight_of(vantage), vantage.as_of, superseded);
}

void Portfolio::statuses(const Vantage& vantage, SubjectNumber first,
                         std::span<Status> into) const {
  SOLNOMA_CHECK(first.value + into.size() <= size());
  const Sight sight = sight_of(vantage);
  Superseded superseded;
  for (std::size_t i = 0; i < into.size(); ++i)
    into[i] = kStatusOf[state_at(folds_.view(first.value + i), sight, vantage.as_of, superseded)];
}

StatusCounts Portfolio::counts(const Vantage& vantage) const {
  const Sight sight = sight_of(vantage);
  Superseded superseded;
  std::array<std::uint32_t, kStates> states{};
  for (std::size_t i = 0; i < size(); ++i)
    ++states[state_at(folds_.view(i), sight, vantage.as_of, superseded)];
  StatusCounts counts{};
  for (std::size_t state = 0; state < kStates; ++state)
    counts[static_cast<std::size_t>(kStatusOf[state])] += states[state];
  return counts;
}

std::vector<StatusCounts> Portfolio::counts_over(std::span<const Day> as_of, Day known_by,
                                                 Position at) const {
  SOLNOMA_CHECK(std::ranges::is_sorted(as_of));
  std::vector<StatusCounts> counts(as_of.size());
  if (as_of.empty()) return counts;
  const Sight sight(known_by, at);
  Superseded superseded;
  // First computes by how much each day differs from the one before, then adds up. A difference
  // below 0 wraps around, and the sum wraps back.
  for (std::size_t i = 0; i < size(); ++i) {
    const FoldView fold = folds_.view(i);
    if (fold.links.empty()) {
      add_differences<false>(fold, sight, as_of, superseded, counts);
    } else {
      mark_superseded(fold, sight, superseded);
      add_differences<true>(fold, sight, as_of, superseded, counts);
    }
  }
  for (std::size_t day = 1; day < counts.size(); ++day)
    for (std::size_t status = 0; status < kStatuses; ++status)
      counts[day][status] += counts[day - 1][status];
  return counts;
}

}  // namespace solnoma
