#pragma once

#include <string>
#include <string_view>

#include "events/event.hpp"

namespace solnoma {

/// The reports' own words. `english` is the key, as in gettext; a word that the table does
/// not have in that language comes back in English.
[[nodiscard]] std::string_view translate(Language language, std::string_view english);

/// The same for a pattern with one place {}: translate(language, "by {}", "2025").
[[nodiscard]] std::string translate(Language language, std::string_view pattern,
                                    std::string_view value);

/// True if the table has the word in every language: for tests.
[[nodiscard]] bool is_translated(std::string_view english);

}  // namespace solnoma
