#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/log.hpp"
#include "projections/park_state.hpp"

namespace solnoma {

/// How the statuses of all subjects differ by what a log holds after a position.
struct StatusChanges {
  struct Change {
    std::string subject;
    Status from, to;
  };
  std::map<std::pair<Status, Status>, std::size_t> counts;
  std::vector<Change> first;  ///< in the order of subject numbers, kNamed at most
  static constexpr std::size_t kNamed = 20;
};

/// As of that day. One pass over the rows of all subjects. Errors: corrupt, io.
[[nodiscard]] Result<StatusChanges> status_changes(const Log& log, Position before, Day as_of);

}  // namespace solnoma
