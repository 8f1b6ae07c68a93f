#pragma once

#include <cstdint>
#include <vector>

#include "engine/log.hpp"
#include "events/event.hpp"
#include "tests/support/random.hpp"

namespace solnoma::bench {

/// Corrections of what a log holds: of every tenth event from a first one on, as far as it
/// is not superseded. The correction gives another day and becomes known up to 400 days
/// after what it corrects.
class Corrections {
 public:
  Corrections(const Log& log, Position first, std::uint64_t seed);

  /// The next ones, at most `size`; none when there are no more.
  [[nodiscard]] std::vector<Event> next(std::size_t size);

 private:
  const Log& log_;
  Position end_;
  Position at_;
  test::Random random_;
  std::vector<bool> superseded_;  ///< by position
};

}  // namespace solnoma::bench
