#include <doctest/doctest.h>

#include <string>

#include "events/event.hpp"

using namespace solnoma;

TEST_CASE(
    "a text is put in its language, wherever texts of that stand, and takes the place of another") {
  LocalText text;
  text.put("ru", "Парк");
  text.put("zh-Hans", "园区");
  text.put("fa", "پارک");
  text.put("kk", "Саябақ");
  CHECK(text == LocalText("", "Парк", "", {{"fa", "پارک"}, {"kk", "Саябақ"}, {"zh-Hans", "园区"}}));
  text.put("kk", "Парк");
  text.put("ru", "Технопарк");
  text.put("fa", "");
  text.put("de", "");
  CHECK(text == LocalText("", "Технопарк", "", {{"kk", "Парк"}, {"zh-Hans", "园区"}}));
  text.put("kk", "");
  text.put("zh-Hans", "");
  text.put("ru", "");
  CHECK(text.empty());
}

TEST_CASE("a language of the reports that a text is not in has another in its place") {
  for (const LanguageName& each : kLanguages) {
    CAPTURE(std::string(each.code));
    LocalText text;
    text.put("zz", "last");
    CHECK(text.only(each.language) == "");
    CHECK(text.in(each.language) == "last");
    text.put("uz", "Bogʻ");
    text.put("ru", "Парк");
    CHECK(text.in(each.language) == (each.code == "uz" ? "Bogʻ" : "Парк"));
    text.put(each.code, "own");
    CHECK(text.only(each.language) == "own");
    CHECK(text.in(each.language) == "own");
  }
}
