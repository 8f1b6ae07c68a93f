#pragma once

#include <string>

#include "events/event.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// What `--quantity` takes, for its help.
inline constexpr const char* kQuantityHelp =
    "measure=value:unit[:bound][:period][:flow], as in residents=10:companies:more-than, "
    "investment=50..75:USD (between) or payments=100:USD:2024:flow (it adds up; otherwise what is "
    "usual for the measure, or level). Bounds: exact, more-than, slightly-more-than, at-least, "
    "less-than, at-most, about, between";

/// Reads that. Errors: usage.
[[nodiscard]] Try<Quantity> parse_quantity(const std::string& text);

}  // namespace solnoma
