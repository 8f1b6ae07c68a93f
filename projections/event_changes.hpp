#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "projections/effective.hpp"

namespace solnoma {

/// How a fact differs between two vantages. An event has its part only from the day on which it
/// can have happened (a plan: from the day on which it became known), as in timeline() and
/// status(): what cannot have happened by the `as_of` of a vantage is not there yet.
enum class Change : std::uint8_t {
  became_known,            ///< visible only at the second
  happened,                ///< visible at both, had certainly happened only by the second
  corrected,               ///< the second sees another version of it, which the first did not see
  retracted,               ///< stood at the first, is withdrawn at the second
  recorded_and_retracted,  ///< not visible at the first, withdrawn already at the second
  reinstated,              ///< superseded at the first, stands at the second
  unknown,                 ///< visible only at the first: the second looks from further back
  not_happened,            ///< visible at both, had certainly happened only by the first
};
[[nodiscard]] std::string_view name(Change change);

/// One piece of news: all that happened between two vantages to the versions of one fact, and to
/// what withdraws them. A version that came and was replaced between them is left out.
struct EventChange {
  Revision revision;  ///< the version that stands at the second; otherwise the one that is gone
  Change change = Change::became_known;
  Revision was;        ///< the version that stood at the first in its place
  Revision by;         ///< the retraction that withdrew it or, where reinstated, gave it back
  bool ahead = false;  ///< it stands at the second, but cannot have happened by then

  bool operator==(const EventChange&) const = default;
};

/// A day of which is asked, and what each row is at that vantage.
struct Side {
  Day as_of;
  const Effective& effective;
};

/// The pieces of news between two vantages, oldest revision first. Pure; linear, but for sorting.
[[nodiscard]] std::vector<EventChange> event_changes(Rows rows, const Side& from, const Side& to);

}  // namespace solnoma
