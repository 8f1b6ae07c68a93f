#include "events/json/json_text.hpp"

#include <doctest/doctest.h>

#include <string>

#include "events/text/text.hpp"
#include "tests/events/samples.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("unicode escapes become UTF-8") {
  struct Case {
    std::string_view json, resolved;
  };
  for (const auto& [json, resolved] : {
           Case{R"(\u0041)", "A"},
           Case{R"(\u0427\u0438)", "Чи"},
           Case{R"(\u00e9\u00E9)", "éé"},  // hex letters of either case
           Case{R"(\uabcd\uABCD)", "\uABCD\uABCD"},
           Case{R"(\u007f\u0080\u07ff\u0800\uffff)", "\x7f\u0080\u07FF\u0800\uFFFF"},
           Case{R"(\ud83c\udfd7)", "🏗"},
           Case{R"(\uD800\uDC00\uDBFF\uDFFF)", "\U00010000\U0010FFFF"},
           Case{R"(\u0022)", R"(\")"},  // stays escaped: it must not end the string
           Case{R"(\u005c)", R"(\\)"},
           Case{R"(\u005cu0041)", R"(\\u0041)"},
           Case{R"(\\u0041)", R"(\\u0041)"},  // an escaped backslash, then letters
           Case{R"(\\\u0041)", R"(\\A)"},
           Case{R"(\n\t\"\/\b)", R"(\n\t\"\/\b)"},      // left to the parser
           Case{R"(\u000a\u0009\u000D)", R"(\n\t\r)"},  // raw, they would break the string
           Case{R"(\)", R"(\)"},
           Case{R"(no escape, Чирчик)", "no escape, Чирчик"},
           Case{"", ""},
       }) {
    CAPTURE(json);
    const auto text = resolve_unicode_escapes(json);
    REQUIRE(text);
    CHECK(*text == resolved);
  }
}

TEST_CASE("escapes that stand for no character are refused") {
  for (const std::string json :
       {R"(\u)", R"(\u1)", R"(\u12)", R"(\u123)", R"(\u123g)", R"(\uЧЧ)", R"(\u 123)", R"(\u+123)",
        R"(\ud83c)", R"(\ud83cx)", R"(\ud83c\n)", R"(\ud83c\u)", R"(\ud83c\u0041)",
        R"(\ud83c\ud83c)", R"(\udfd7)", R"(\udfd7\ud83c)", R"(\u0000)", R"(\u000b)", R"(\u001B)"}) {
    CAPTURE(json);
    const auto text = resolve_unicode_escapes("\"" + json + "\"");
    REQUIRE(refused(text, ""));
    CHECK(check_text(text.error().what, 500));
  }
  CHECK(refused(resolve_unicode_escapes(std::string_view("{}\0{}", 5)), ""));
}
