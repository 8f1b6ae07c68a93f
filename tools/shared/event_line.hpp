#pragma once

#include <string>

#include "events/event.hpp"

namespace solnoma {

/// An event on one line: position, known, subject, type and when, title, id. Safe to show.
[[nodiscard]] std::string event_line(const StoredEvent& stored, Language language);
/// The same of one that no log has.
[[nodiscard]] std::string event_line(const Event& event, Language language);

}  // namespace solnoma
