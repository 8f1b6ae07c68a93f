#pragma once

#include <string>

#include "events/event.hpp"
#include "tools/import/table/toml_json.hpp"

namespace solnoma {

/// An event as people read and edit it: the fields of the exchange format, but for those that name
/// it and say where it stands. Precondition: it was validated or decoded.
[[nodiscard]] std::string event_text(const Event& event, Notation notation);

/// What such a text tells of the event `of`, whose name it keeps. `file` is for errors. Errors:
/// invalid, in the file and the line or the field.
[[nodiscard]] Result<Event> event_from_text(const std::string& text, Notation notation,
                                            const std::string& file, const Event& of);

}  // namespace solnoma
