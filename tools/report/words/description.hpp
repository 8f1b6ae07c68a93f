#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// What a subject is, in words.

/// Roles of partners that are translated; others are shown as the words of their slugs.
inline constexpr std::string_view kRoles[] = {
    "contractor", "developer", "investor",    "managing-company", "model",
    "operator",   "owner",     "participant", "partner"};

/// "Bukhara region, Uzbekistan": the country beside the region, unless that names it.
[[nodiscard]] std::string place_in_words(const Description& description, Language language);

/// "Khimgrad (operator, 49 %)"; several are apart by "; ". The one text that schema version 1 has
/// for them stands only where they are not told one by one.
[[nodiscard]] std::string partners_in_words(const Description& description, Language language);

struct DescriptionFact {
  std::string name;  ///< "Region", in that language
  std::string text;
};

/// Everything about a subject but its name, as lines for a reader; what is empty is left out.
/// Texts are as recorded: to be made visible by whoever shows them.
[[nodiscard]] std::vector<DescriptionFact> description_in_words(const Description& description,
                                                                Language language);

}  // namespace solnoma
