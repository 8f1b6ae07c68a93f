#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/clock.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/tree_head.hpp"
#include "events/event.hpp"

namespace solnoma {

/// What an export says of an event beside it: where and when its log recorded it, and for whom.
struct AsRecorded {
  Position position;
  Instant recorded;
  std::string recorded_by = {};       ///< empty: nobody said
  std::optional<TreeHead> head = {};  ///< of that log up to this event, on some lines
};

/// event_to_json() with the head of the log up to this event, added to the end of `to`.
void event_to_json(const StoredEvent& stored, const TreeHead& head, std::string& to);

/// Reads it back from one event. Errors: invalid where one of these is missing, or is no such
/// thing; `where` is the attribute.
[[nodiscard]] Result<AsRecorded> as_recorded_from_json(std::string_view json);

}  // namespace solnoma
