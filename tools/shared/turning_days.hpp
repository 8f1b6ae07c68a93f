#pragma once

#include <optional>
#include <vector>

#include "engine/log.hpp"

namespace solnoma {

/// The subjects that a day may change by coming: one of their events happens then, is past, or is
/// known. Found in passes over the index, each of which keeps the next some 65,000 pairs of day and
/// subject (1 MiB). For one thread.
class TurningDays {
 public:
  /// The log must outlive it. `most`: pairs that are kept; small values are for tests.
  explicit TurningDays(const Log& log, std::size_t most = std::size_t{1} << 16)
      : log_(log), most_(most) {}

  struct Turn {
    Day day;
    std::vector<SubjectNumber> subjects;  ///< ascending
  };

  /// The first such day after `after`, up to `to`, by what the log holds up to `at`; nullopt: there
  /// is none. Costs a pass over the index the first time, and where the kept days are through.
  /// Errors: corrupt, io, damaged_index.
  [[nodiscard]] Result<std::optional<Turn>> next(Day after, Day to, Position at);

  /// To be called with each event before `at` reaches it. Costs a look at its subject's rows where
  /// the event is newer than the last pass.
  [[nodiscard]] Result<void> add(const RecordedEvent& event);

 private:
  struct Pair {
    Day day;
    SubjectNumber subject;
    Position position;
    auto operator<=>(const Pair&) const = default;
  };
  [[nodiscard]] Result<void> look(Day after);
  void keep_the_next();

  const Log& log_;
  const std::size_t most_;
  std::vector<Pair> pairs_;  // ascending: days after after_, up to through_
  Day after_ = kOpenFuture, through_ = kOpenPast;
  Position seen_{0};      // by the last pass
  std::size_t full_ = 0;  // with more pairs than this, the latest days are let go
};

}  // namespace solnoma
