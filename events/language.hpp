#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace solnoma {

/// A language that reports are written in: a row of kLanguages. Names have those that sources and
/// tests speak of; a further one needs none.
enum class Language : std::uint8_t { en, ru, uz };

/// What is known of a language, wherever a list of them is wanted.
struct LanguageName {
  Language language = {};    ///< its row
  std::string_view code;     ///< BCP 47, a literal; also ICU's locale and the catalogue's name
  std::string_view english;  ///< "Russian"
  std::string_view own;      ///< "Русский"
};

/// All languages, in the order in which one stands in for another that is missing. A further one is
/// a row here, at the end, and a catalogue, tools/report/words/CODE.po.
inline constexpr auto kLanguages = [] {
  auto rows = std::to_array<LanguageName>({
      {.code = "en", .english = "English", .own = "English"},
      {.code = "ru", .english = "Russian", .own = "Русский"},
      {.code = "uz", .english = "Uzbek", .own = "Oʻzbekcha"},
  });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].language = static_cast<Language>(i);
  return rows;
}();

/// "en".
[[nodiscard]] constexpr std::string_view code_of(Language language) {
  return kLanguages[static_cast<std::size_t>(language)].code;
}

[[nodiscard]] constexpr std::optional<Language> language_from(std::string_view code) {
  const auto found = std::ranges::find(kLanguages, code, &LanguageName::code);
  return found != kLanguages.end() ? std::optional(found->language) : std::nullopt;
}

static_assert(code_of(Language::en) == "en" && code_of(Language::ru) == "ru" &&
                  code_of(Language::uz) == "uz",
              "the names of languages are those of their rows");

}  // namespace solnoma
