#pragma once

#include <vector>

#include "projections/event_changes.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"

namespace solnoma {

struct PlanChange {
  Plan plan;  ///< as it stands at the second vantage
  PlanState before;
};

/// What differs in one subject between two vantages.
struct SubjectDiff {
  StatusAt before;
  StatusAt after;
  std::vector<EventChange> events;  ///< oldest revision first
  std::vector<PlanChange> plans;    ///< known at both, in another state at the second

  [[nodiscard]] bool status_differs() const {
    return before.status != after.status || before.possible != after.possible;
  }
  [[nodiscard]] bool empty() const { return events.empty() && plans.empty() && !status_differs(); }
};

/// `keys` are those of the subject's events. Pure; costs two status() and two plans().
[[nodiscard]] SubjectDiff diff(Rows rows, const PlanKeys& keys, const Vantage& from,
                               const Vantage& to);

}  // namespace solnoma
