#pragma once

#include <cstdint>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "tests/support/random.hpp"

namespace solnoma::test {

/// How many random histories a test draws: SOLNOMA_HISTORIES, or as many as is usual for it. The
/// n-th has the seed `base_seed() + n`, so that a failing one can be run alone: SOLNOMA_SEED as
/// printed, SOLNOMA_HISTORIES=1.
[[nodiscard]] std::uint64_t histories(std::uint64_t usual);

/// Days that random histories speak of: few, so that events meet.
inline constexpr std::int32_t kFirstDay = 20'000;
inline constexpr std::int32_t kDays = 24;

/// Draws small histories of one subject, and vantages on them.
class RandomHistory : public Random {
 public:
  using Random::Random;

  /// Up to a dozen events of every kind, a good half of them about suspending and ending;
  /// with plans, and with chains of corrections and retractions (link()). Dates are vague as
  /// long as that leaves at most a few thousand worlds.
  [[nodiscard]] std::vector<Row> history();
  /// One event more for a history: same subject, next revision, higher position.
  [[nodiscard]] Row next_event(const std::vector<Row>& rows);
  /// Events to go with rows: with parts, with ids that two sources give, and with what they
  /// fulfil.
  [[nodiscard]] std::vector<StoredEvent> events(const std::vector<Row>& rows);
  /// The next one, to go with its row.
  [[nodiscard]] StoredEvent event(const std::vector<StoredEvent>& before, const Row& row);
  [[nodiscard]] Vantage vantage(const std::vector<Row>& rows);
  /// One on the very days and positions of rows, or next to them.
  [[nodiscard]] Vantage edge_vantage(const std::vector<Row>& rows);

  /// `events` events, most of them milestones told more than once, few vague: too many for
  /// an enumeration of worlds, and most of them make no difference.
  [[nodiscard]] std::vector<Row> long_history(int events);

  /// The revision that the next event supersedes, if it is to supersede one: often the newest of a
  /// chain, or one that is superseded already. Precondition: there are rows.
  [[nodiscard]] Revision link(const std::vector<Row>& rows);

 private:
  [[nodiscard]] const Row& any(const std::vector<Row>& rows);
};

}  // namespace solnoma::test
