#include "tools/report/words/messages.hpp"

#include <doctest/doctest.h>

#include "tools/report/text/table.hpp"

using namespace solnoma;

TEST_CASE("a value takes its place in the word order of its language") {
  CHECK(translate(Language::en, "by {}", "2025") == "by 2025");
  CHECK(translate(Language::ru, "by {}", "2025") == "не позднее 2025");
  CHECK(translate(Language::uz, "by {}", "2025") == "2025 dan kechikmay");
  CHECK(fill(translate(Language::ru, "in {year}"), {{"year", "2025"}}) == "в 2025 году");
}

TEST_CASE("one English word may have several translations") {
  CHECK(translate(Language::ru, "suspended") == "приостановлен");
  CHECK(translate_in(Language::ru, "event", "suspended") == "приостановка");
  CHECK(translate_in(Language::en, "event", "suspended") == "suspended");
}

TEST_CASE("what no catalogue has comes back as it is") {
  for (const Language language : {Language::en, Language::ru, Language::uz}) {
    CHECK(translate(language, "hectares") == "hectares");
    CHECK(translate(language, "") == "");
    CHECK(translate_plural(language, "{} hectare", "{} hectares", 1) == "{} hectare");
    CHECK(translate_plural(language, "{} hectare", "{} hectares", 2) == "{} hectares");
  }
}

TEST_CASE("plural forms go by the number") {
  const auto companies = [](Language language, std::uint64_t n) {
    return translate_plural(language, "{} company", "{} companies", n);
  };
  CHECK(companies(Language::en, 0) == "{} companies");
  CHECK(companies(Language::en, 1) == "{} company");
  CHECK(companies(Language::en, 21) == "{} companies");
  for (const std::uint64_t n : {1ULL, 21ULL, 101ULL, 10'000'000'000'001ULL})
    CHECK(companies(Language::ru, n) == "{} компания");
  for (const std::uint64_t n : {2ULL, 4ULL, 33ULL, 10'000'000'000'004ULL})
    CHECK(companies(Language::ru, n) == "{} компании");
  for (const std::uint64_t n : {0ULL, 5ULL, 11ULL, 12ULL, 14ULL, 111ULL, 60'000'000'000'000ULL})
    CHECK(companies(Language::ru, n) == "{} компаний");
  for (const std::uint64_t n : {0ULL, 1ULL, 2ULL, 5ULL})
    CHECK(companies(Language::uz, n) == "{} ta kompaniya");
}

TEST_CASE("a table is as wide as its letters, not as its bytes") {
  CHECK(text_table({{"ab", "x"}, {"щщщ", "y"}}) == "ab   x\nщщщ  y\n");
}
