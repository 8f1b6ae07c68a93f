#pragma once

#include <vector>

#include "engine/row.hpp"

namespace solnoma {

/// The rows of a subject that can make a difference to its status, as a history of its own:
/// fewer revisions, and `supersedes` says which of those. From every vantage, on all three
/// axes, status and possible statuses of the skeleton are those of all rows. (Why: README.md,
/// "The skeleton".) Of plans and marks it tells nothing.
///
/// Precondition: positions ascend, as those of a log do. Pure; n log n.
[[nodiscard]] std::vector<Row> skeleton(Rows rows);

/// By row: whether it is idle (README.md), so that it changes no state in any world at any
/// vantage. The same precondition and cost.
[[nodiscard]] std::vector<bool> idle(Rows rows);

}  // namespace solnoma
