#pragma once

#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// Checks what follows the T of a date-time: hh:mm:ss, then nothing, Z, ±hh or ±hh:mm.
///
/// - A fraction of the second may follow it, after a point or comma: EDTF has none, but ISO 8601-1
///   does, and so do the instants that programs write.
/// - 24:00:00, the end of the day, is accepted (ISO 8601-1:2019/Amd 1:2022).
/// - A 60th second is accepted where a leap second can fall: 23:59:60 in UTC, and in
///   local time at the last minute of a quarter of an hour.
/// - A zone is at most 23:59 from UTC; -00 and -00:00 do not exist in ISO 8601.
///
/// Errors: invalid, saying what is wrong with the time.
[[nodiscard]] Result<void> check_edtf_time(std::string_view time);

}  // namespace solnoma
