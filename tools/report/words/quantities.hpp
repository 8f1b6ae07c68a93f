#pragma once

#include <string>

#include "events/event.hpp"

namespace solnoma {

/// Numbers with their units. The bound is part of the number and is never dropped. All are
/// safe to show.

/// For a line of text: "more than 10 companies", "60 000 000 USD (2024)".
[[nodiscard]] std::string phrase(const Quantity& quantity, Language language);

/// For a reader: "more than 10 companies", "60 million US dollars (2024)",
/// "более 60 млн долларов США (2024 год)".
[[nodiscard]] std::string in_words(const Quantity& quantity, Language language);

/// The number and its unit alone, for a picture that shows bound and period in other ways.
[[nodiscard]] std::string amount_in_words(const Quantity& quantity, Language language);

/// "foreign direct investment": what is measured, as it was recorded where no catalogue has it.
[[nodiscard]] std::string measure_in_words(std::string_view measure, Language language);

}  // namespace solnoma
