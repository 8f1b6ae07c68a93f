#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/language.hpp"

namespace solnoma {

/// A text for each plural category of a language, by CLDR's names: "one", "few", "many", "other".
using PluralForms = std::map<std::string, std::string, std::less<>>;

/// The categories into which a language divides whole numbers: "one", "few", "many" in Russian.
[[nodiscard]] const std::vector<std::string>& plural_categories(Language language);

/// Adds "other" where the language has it for no whole number: what counts by the rules of another
/// language, which a browser may do that does not know this one, asks for it.
void complete(PluralForms& forms, Language language);

/// A text that goes with numbers, in the forms that a language has (translate_plural()), complete.
[[nodiscard]] PluralForms plural_forms(Language language, std::string_view one,
                                       std::string_view many);

}  // namespace solnoma
