#pragma once

#include <functional>
#include <string_view>

#include "engine/clock.hpp"
#include "engine/day.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// The day that an instant falls on somewhere. Thread-safe.
using LocalDay = std::function<Day(Instant)>;

/// That of a time zone by its name in the IANA database, as in Asia/Tashkent, as the machine has
/// it. Errors: usage for a name that no zone has.
[[nodiscard]] Try<LocalDay> local_day_in(std::string_view zone);

}  // namespace solnoma
