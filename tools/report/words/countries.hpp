#pragma once

#include <string>
#include <string_view>

#include "events/language.hpp"

namespace solnoma {

/// "Uzbekistan" of "UZ" (ISO 3166-1 alpha-2), in that language; the code where ICU has no name.
[[nodiscard]] std::string country_name(std::string_view code, Language language);

}  // namespace solnoma
