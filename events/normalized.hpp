#pragma once

#include "events/event.hpp"

namespace solnoma {

/// The event as a log keeps it: its id, source, references and texts in NFC, the lines of its notes
/// ended by U+000A alone. Addresses stay as they are: their servers compare bytes. Pure; changes
/// nothing that is in that form.
///
/// Events pass through here once, where they enter: exchange.hpp does it, and a program that makes
/// events from what people type. What is read from a log is never changed.
[[nodiscard]] Event normalized(Event event);
/// The same, in its place: events are large.
void normalize(Event& event);

}  // namespace solnoma
