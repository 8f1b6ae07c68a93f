#pragma once

#include <string>

#include "events/event.hpp"
#include "projections/amount.hpp"

namespace solnoma {

/// Numbers with their units. The bound is part of the number and is never dropped; of its ends
/// it is told which do not belong to a range, and which is open: "between 4 and 9", "more than 4,
/// less than 9", "about 4 to 9", "about 4, or more". All are safe to show.

/// For a line of text: "more than 10 companies", "60 000 000 USD (2024)".
[[nodiscard]] std::string phrase(const Quantity& quantity, Language language, Ends ends = {});

/// For a reader: "more than 10 companies", "60 million US dollars (2024)",
/// "более 60 млн долларов США (2024 год)".
[[nodiscard]] std::string in_words(const Quantity& quantity, Language language, Ends ends = {});

/// The number with bound and unit alone, for a picture that shows the period in another way.
[[nodiscard]] std::string amount_in_words(const Quantity& quantity, Language language,
                                          Ends ends = {});

/// "foreign direct investment": what is measured, as it was recorded where no catalogue has it.
[[nodiscard]] std::string measure_in_words(std::string_view measure, Language language);

/// Behind what a number is of, the part of the subject: " (phase-2)"; empty for the whole.
[[nodiscard]] std::string part_behind(std::string_view part);

}  // namespace solnoma
