#pragma once

#include <string>

#include "events/event.hpp"

namespace solnoma {

/// The log as CSV (RFC 4180): one row an event and quantity, an event without quantities
/// has one row. Texts that a spreadsheet would take for a formula get a leading
/// apostrophe.
[[nodiscard]] std::string csv_head();
[[nodiscard]] std::string csv_event(const StoredEvent& stored);

}  // namespace solnoma
