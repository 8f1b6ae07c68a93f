#pragma once

#include <string_view>
#include <vector>

#include "events/event_type.hpp"
#include "projections/effective.hpp"

namespace solnoma {

/// Whether a mark had happened by the day of the question.
enum class Happened : std::uint8_t { certainly, possibly, planned };
[[nodiscard]] std::string_view name(Happened happened);

/// One dated mark on a subject's timeline.
struct TimelineMark {
  Revision revision;
  TypeCode type = 0;
  Bounds bounds;  ///< when it happened; of a plan, its target
  Day known;
  Happened happened = Happened::certainly;
};

/// The effective events of a subject that had certainly or possibly happened as of the
/// vantage, and the plans that were known by then, where their bounds touch `window`.
/// In the order of latest day, earliest day, then position; plans without a target date
/// come last. Descriptions and retractions are no marks. Pure; n log n.
[[nodiscard]] std::vector<TimelineMark> timeline(Rows rows, const Effective& effective,
                                                 const Vantage& vantage, Bounds window = {});

}  // namespace solnoma
