#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// What rows do not say of plans: what belongs together, and what an event says it fulfils. Made
/// once of a subject's events; good at every vantage. What is made of nothing is right for rows
/// that hold no plan.
struct PlanKeys {
  /// An id that an actual event names among the plans that it fulfils.
  struct Naming {
    Revision by;                   ///< the actual event
    Revision own;                  ///< the event with that id of the same source; 0: there is none
    std::vector<Revision> others;  ///< those of other sources, ascending
  };

  std::vector<std::uint32_t> keys;  ///< by row: the same for events of the same type and part
  std::vector<Naming> namings;      ///< in the order of `by`
};

/// `events` are the subject's, all of them, oldest revision first. Pure; linear, and n log n where
/// an event names what it fulfils.
[[nodiscard]] PlanKeys plan_keys(std::span<const StoredEvent> events);

}  // namespace solnoma
