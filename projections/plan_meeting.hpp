#pragma once

#include <vector>

#include "projections/effective.hpp"
#include "projections/plan_keys.hpp"

namespace solnoma {

/// For each row that states an effective plan, the event that meets it, whether or not that has
/// happened yet; 0: none, and for all other rows. The rule is that of plans().
/// Precondition: `keys` tell of every row, or no row states a plan. Pure; n log n.
[[nodiscard]] std::vector<Revision> meetings(Rows rows, const PlanKeys& keys,
                                             const Effective& effective);

}  // namespace solnoma
