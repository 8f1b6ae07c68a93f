#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/log.hpp"
#include "engine/vantage.hpp"
#include "projections/many/fold_store.hpp"
#include "projections/status.hpp"

namespace solnoma {

/// The statuses of all subjects, ready to be asked from any vantage: the relevant
/// rows of every subject, in memory and in the order in which they are folded.
///
/// Covers every subject of the log by number, also those whose kind has no status; the caller
/// chooses what to show. Answers are those of status() on all rows. Reading is
/// thread-safe; catch_up() and put() are not, and must not run beside anything else.
class Portfolio {
 public:
  /// Holds no subjects.
  Portfolio() = default;

  /// Reads all rows once, sharing the work among `threads`. Errors: corrupt, io.
  [[nodiscard]] static Result<Portfolio> load(const Log& log, unsigned threads = 1);

  /// Takes in the events after position(): reads only the subjects that they touch. What
  /// was taken in before an error stays, and catching up again takes in the rest.
  /// Errors: corrupt, io.
  [[nodiscard]] Result<void> catch_up(const Log& log);

  /// Sets all rows of one subject, for a caller that has them from elsewhere than a log.
  /// Subjects with lower numbers exist after it, too.
  void put(SubjectNumber subject, Rows rows);

  /// The newest event that is taken in.
  [[nodiscard]] Position position() const { return position_; }
  /// Subjects are numbered 0 up to this, this one excluded.
  [[nodiscard]] std::size_t size() const { return folds_.size(); }
  /// Bytes held, for statistics.
  [[nodiscard]] std::size_t memory() const { return folds_.memory(); }

  /// The status in the conservative world. Precondition: subject.value < size().
  [[nodiscard]] Status status(SubjectNumber subject, const Vantage& vantage) const;
  /// The statuses of all worlds. The same precondition.
  [[nodiscard]] PossibleStatuses possible(SubjectNumber subject, const Vantage& vantage) const;

  /// Fills `into` with the statuses of the subjects numbered from `first` on.
  /// Precondition: first.value + into.size() <= size().
  void statuses(const Vantage& vantage, SubjectNumber first, std::span<Status> into) const;
  [[nodiscard]] StatusCounts counts(const Vantage& vantage) const;

  /// The counts as of each of these days, all from one pass. Precondition: they ascend.
  [[nodiscard]] std::vector<StatusCounts> counts_over(std::span<const Day> as_of, Day known_by,
                                                      Position at) const;

 private:
  FoldStore folds_;
  Position position_;
};

}  // namespace solnoma
