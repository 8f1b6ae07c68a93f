#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace solnoma {

enum class Language { en, ru, uz };

/// What is known of a language, wherever a list of them is wanted.
struct LanguageName {
  Language language;
  std::string_view code;     ///< BCP 47, a literal; also ICU's locale and the catalogue's name
  std::string_view english;  ///< "Russian"
};

/// All languages, in the order in which one stands in for another that is missing.
inline constexpr auto kLanguages = std::to_array<LanguageName>({
    {Language::en, "en", "English"},
    {Language::ru, "ru", "Russian"},
    {Language::uz, "uz", "Uzbek"},
});

/// "en".
[[nodiscard]] constexpr std::string_view code_of(Language language) {
  return kLanguages[static_cast<std::size_t>(language)].code;
}

[[nodiscard]] constexpr std::optional<Language> language_from(std::string_view code) {
  const auto found = std::ranges::find(kLanguages, code, &LanguageName::code);
  return found != kLanguages.end() ? std::optional(found->language) : std::nullopt;
}

static_assert(
    [] {
      for (std::size_t i = 0; i < kLanguages.size(); ++i)
        if (static_cast<std::size_t>(kLanguages[i].language) != i) return false;
      return true;
    }(),
    "a row for each language, in the order of Language");

}  // namespace solnoma
