#pragma once

#include <algorithm>

#include "engine/row.hpp"
#include "events/event_type.hpp"

namespace solnoma {

/// The revision of the event whose row has this index: rows stand in the order of revisions.
[[nodiscard]] constexpr Revision revision_of(std::size_t index) {
  return Revision{static_cast<std::uint32_t>(index + 1)};
}

/// The index of a revision's row. Precondition: revision.value != 0.
[[nodiscard]] constexpr std::size_t index_of(Revision revision) {
  return revision.value - std::size_t{1};
}

/// A retraction withdraws what it supersedes. Any other row that supersedes one is a correction.
[[nodiscard]] constexpr bool is_retraction(const Row& row) {
  return type_of_kind(static_cast<std::uint8_t>(row.packed)) == kRetracted;
}

/// The rows that the log held at a position; it may hold more by now. Precondition: positions
/// ascend.
[[nodiscard]] inline Rows recorded_by(Rows rows, Position at) {
  const auto end = std::ranges::upper_bound(rows, at, {}, &Row::position);
  return rows.first(static_cast<std::size_t>(end - rows.begin()));
}

}  // namespace solnoma
