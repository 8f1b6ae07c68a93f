#pragma once

#include <optional>

#include "engine/row.hpp"
#include "projections/status.hpp"

namespace solnoma {

/// The event that tells in its own words since when a status holds; none, where there is no such
/// event. `rows`: of the subject.
[[nodiscard]] inline std::optional<Revision> event_of_since(Rows rows, const StatusAt& status) {
  if (status.rule == Rule::nothing_recorded || status.rule == Rule::plan) return std::nullopt;
  for (const Revision revision : status.because) {
    const Row& row = rows[revision.value - 1];
    if (Bounds{row.earliest, row.latest} == status.since) return revision;
  }
  return std::nullopt;
}

}  // namespace solnoma
