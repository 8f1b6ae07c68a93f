#pragma once

#include <vector>

#include "projections/plans.hpp"
#include "projections/status.hpp"

namespace solnoma {

/// How an event differs between two vantages. A plan counts as visible only where it was
/// known by the vantage's `as_of`, as in plans(), timeline() and status().
enum class Change : std::uint8_t {
  became_known,  ///< visible only at the second
  happened,      ///< visible at both, had certainly happened only by the second
  corrected,     ///< stood at the first, superseded at the second
  reinstated,    ///< superseded at the first, stands at the second
  unknown,       ///< visible only at the first: the second looks from further back
  not_happened,  ///< visible at both, had certainly happened only by the first
};
[[nodiscard]] std::string_view name(Change change);

struct EventChange {
  Revision revision;
  Change change;
  Revision superseded_by;  ///< where corrected
};

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

  [[nodiscard]] bool empty() const {
    return events.empty() && plans.empty() && before.status == after.status &&
           before.possible == after.possible;
  }
};

/// `keys` are those of the subject's events. Pure; costs two status() and two plans().
[[nodiscard]] SubjectDiff diff(Rows rows, const PlanKeys& keys, const Vantage& from,
                               const Vantage& to);

}  // namespace solnoma
