#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/day.hpp"
#include "events/event.hpp"

namespace solnoma {

/// A row of CSV (RFC 4180) with its end. Texts that a spreadsheet would take for a formula
/// get a leading apostrophe.
[[nodiscard]] std::string csv_row(const std::vector<std::string>& cells);
/// Whether a spreadsheet may take a text for a formula: csv_row() puts an apostrophe before it.
[[nodiscard]] bool is_formula(std::string_view text);
/// "2025-11-12"; empty at an open end.
[[nodiscard]] std::string csv_day(Day day);
/// What a source says of flow or level: "yes", "no", or nothing.
[[nodiscard]] std::string csv_flow(const Quantity& quantity);

/// The log as CSV: one row an event and quantity, an event without quantities has one row.
[[nodiscard]] std::string csv_head();
[[nodiscard]] std::string csv_event(const StoredEvent& stored);

}  // namespace solnoma
