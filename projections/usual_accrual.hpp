#pragma once

#include <string_view>

#include "events/event.hpp"
#include "events/event_type.hpp"

namespace solnoma {

inline constexpr std::string_view kBuildings = "buildings";
inline constexpr TypeCode kBuildingCompleted = type_code("building-completed");

/// Whether numbers of a measure usually add up, for sources that do not say. Completed buildings
/// do, told by a `building-completed`; a count of buildings told by anything else is a level.
/// Accrual::by_measure: nothing is known of the measure.
[[nodiscard]] Accrual usual_accrual(std::string_view measure, TypeCode type);

}  // namespace solnoma
