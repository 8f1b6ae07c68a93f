#pragma once

#include <string_view>
#include <vector>

#include "projections/status.hpp"

namespace solnoma {

/// What an event had to do with a status.
enum class Verdict : std::uint8_t {
  decided,        ///< it had happened, and brought the status or its uncertainty
  possible,       ///< it may have happened by then, and would have changed the status
  no_difference,  ///< it had happened, or may have, but the status is the same without it
  no_effect,      ///< events of its type, and retractions, have no effect on a status
  not_yet_recorded,
  not_yet_known,
  superseded,  ///< an event that holds replaces or withdraws it
  not_yet_happened,
};
[[nodiscard]] std::string_view name(Verdict verdict);

struct Evidence {
  Revision revision;
  Verdict verdict;
  Revision superseded_by;  ///< where superseded
};

struct Explanation {
  StatusAt status;
  std::vector<Evidence> evidence;  ///< every event of the subject, oldest revision first
  /// The newest day on which anything became known, as seen from the vantage; open when
  /// nothing is visible.
  Day last_news = kOpenPast;
  /// An inference, not an event: nothing became known in the two years before `as_of`.
  bool silent = false;
};

/// Why a subject has the status that it has. Pure; costs what status() costs.
[[nodiscard]] Explanation explain(Rows rows, const Vantage& vantage);

}  // namespace solnoma
