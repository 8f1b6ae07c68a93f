#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "events/event.hpp"

namespace solnoma {

/// The reports' own words, from the catalogues in messages/ (gettext's .po, built into the
/// program). English is the key and stands as it is: for English no catalogue is read.
/// What a catalogue lacks comes back in English. All are thread-safe.
[[nodiscard]] std::string_view translate(Language language, std::string_view english);

/// The same where one English word needs several translations: `context` is gettext's msgctxt.
[[nodiscard]] std::string_view translate_in(Language language, std::string_view context,
                                            std::string_view english);

/// The same for a pattern with one place {}: translate(language, "by {}", "2025").
[[nodiscard]] std::string translate(Language language, std::string_view pattern,
                                    std::string_view value);

/// A named place of a pattern, and what to put there.
struct Place {
  std::string_view name;
  std::string_view value;
};
/// Fills a pattern that is translated already: fill("in {year}", {{"year", "2025"}}).
/// The pattern must have no other places; these may be left out of it.
[[nodiscard]] std::string fill(std::string_view pattern, std::initializer_list<Place> places);

/// The form that goes with a number, as gettext has it: translate_plural(language,
/// "{} company", "{} companies", 5). Its places are still to be filled.
[[nodiscard]] std::string_view translate_plural(Language language, std::string_view one,
                                                std::string_view many, std::uint64_t n);
[[nodiscard]] std::string_view translate_plural_in(Language language, std::string_view context,
                                                   std::string_view one, std::string_view many,
                                                   std::uint64_t n);

/// Marks a text that reaches translate() by way of a table or a variable, so that the tests
/// find it: they collect the texts of the sources and hold the catalogues against them.
[[nodiscard]] constexpr std::string_view message(std::string_view english) {
  return english;
}

}  // namespace solnoma
