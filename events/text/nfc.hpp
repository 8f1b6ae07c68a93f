#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// Unicode's Normalization Form C (UAX #15): what prints alike for its accents has the same bytes.
/// What is no UTF-8 stays as it is, for the check of texts to name it. ASCII costs nothing.
[[nodiscard]] std::string nfc(std::string_view text);

/// The same, in place.
void make_nfc(std::string& text);

/// False also for what is no UTF-8.
[[nodiscard]] bool is_nfc(std::string_view text);

}  // namespace solnoma
