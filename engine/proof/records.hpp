#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Several records (record.hpp), one behind the other, each after its size as a little-endian u32:
/// what machines tell one another.

/// Puts the event's record, after its size, behind what `records` holds.
void append_sized_record(std::string& records, const RecordedEvent& event);

/// Calls `visit` for each record, until it returns false. Errors: invalid where one is cut off.
[[nodiscard]] Result<void> for_records(std::string_view records,
                                       const std::function<bool(std::string_view)>& visit);

}  // namespace solnoma
