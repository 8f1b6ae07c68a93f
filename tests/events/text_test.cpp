#include "events/text/text.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/events/samples.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("text of every script, with emoji and their joiners, is accepted as it is") {
  for (const std::string text :
       {"", "plain", "Чирчик «химия»", "Oʻzbekiston", "👩‍🏭 \"quoted\" \\ /",
        "\u07FF\u0800\uFFFD", "\U00010000\U0010FFFF", "\xed\x9f\xbf\xee\x80\x80", "العربية"}) {
    CHECK(check_text(text, 200));
    CHECK(visible(text) == text);
  }
}

TEST_CASE("text that could not be shown safely is refused, and made visible for messages") {
  for (const auto& [name, text] : unsafe_texts()) {
    CAPTURE(name);
    CHECK(refused(check_text(text, 200), ""));
    CHECK(visible(text) != text);
    CHECK(check_text(visible(text), 200));
  }
  CHECK(visible("\x1b[31m") == "\\u{1b}[31m");
  CHECK(visible("a\xff\xd0") == "a\\x{ff}\\x{d0}");
  CHECK(visible("\u202E") == "\\u{202e}");
}

TEST_CASE("the error names the byte, counted from one") {
  CHECK(check_text("ab\n", 9).error().what == "byte 3 is a line break (U+000A)");
  CHECK(check_text("Ч\xff", 9).error().what == "byte 3 is not UTF-8");
  CHECK(check_text("\u202E", 9).error().what.starts_with("byte 1 is U+202E"));
}

TEST_CASE("what is unsafe is found wherever it stands, among letters of one byte or of two") {
  for (const auto& [name, unsafe] : unsafe_texts())
    for (const std::string letter : {"x", "ж"})
      for (std::size_t before = 0; before < 20; ++before)
        for (const std::size_t after : {0U, 1U, 7U, 8U, 9U}) {
          std::string text;
          for (std::size_t i = 0; i < before; ++i) text += letter;
          CHECK(check_text(text, 8000));
          text += unsafe;
          for (std::size_t i = 0; i < after; ++i) text += letter;
          CAPTURE(name);
          CAPTURE(before);
          CHECK(refused(check_text(text, 8000), ""));
        }
}

TEST_CASE("the limit of a text is in characters and included") {
  CHECK(check_text("Чир", 3));
  CHECK(check_text("Чир", 2).error().what == "the text has 3 characters, more than 2");
  CHECK(characters("Чир🏗") == 4);
}

TEST_CASE("a text of many lines has line breaks and tabs, and no other controls") {
  CHECK(check_text("a\n\tb", 9, Lines::many));
  for (const char* bad : {"a\rb", "a\x0b", "a\x7f", "a\u2028b", "a\u202eb"})
    CHECK(refused(check_text(bad, 9, Lines::many), ""));
}

TEST_CASE("marks that only order letters are kept and shown as they are") {
  for (const std::string text : {"C++\u200E", "\u200Fنام", "\u061C1", "می\u200Cخواهم"}) {
    CHECK(check_text(text, 200));
    CHECK(visible(text) == text);
  }
}

TEST_CASE("a text of lines is shown in one") {
  CHECK(one_line("a\nb") == "a b");
  CHECK(one_line(" a \n\n\t b\tc\n") == " a b c");
  CHECK(one_line("\n") == "");
  CHECK(one_line("a  b\x1b") == "a  b\\u{1b}");
}

TEST_CASE("every byte alone and every pair of bytes is judged without a crash") {
  int accepted = 0;
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text{static_cast<char>(a), static_cast<char>(b)};
      const bool ok = check_text(text, 2).has_value();
      CHECK_EQ(visible(text) == text, ok);
      accepted += ok ? 1 : 0;
    }
  }
  // 95 printable ASCII characters twice; U+0080 to U+07FF but 32 controls.
  CHECK(accepted == 95 * 95 + (0x800 - 0x80) - 32);
}

TEST_CASE("what says something that nobody sees is refused, and shown where it is told of") {
  // "A" and a bell in tag characters; bytes in a row of variation selectors.
  for (const char* hidden : {"x\U000E0041", "\U000E0001", "x\U000E007F", "x\uFE00\uFE01",
                             "x\uFE0F\U000E0100", "x\U000E01EF\U000E01EF\U000E01EF"}) {
    CAPTURE(hidden);
    CHECK(check_text(hidden, 99).error().what.contains("which says what nobody sees"));
    CHECK(visible(hidden).contains("\\u{"));
    CHECK(visible(hidden) != hidden);
  }
  // A heart in colour, a family, a flag's sequence of letters, a form of an ideograph.
  for (const char* seen : {"\u2764\uFE0F", "\u2764\uFE0F\u200D\U0001F525",
                           "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F1FA\U0001F1FF",
                           "\u8FBB\U000E0100", "\uFE0F", "a\uFE0Fb\uFE0F"}) {
    CAPTURE(seen);
    CHECK(check_text(seen, 99));
    CHECK(visible(seen) == seen);
  }
}

TEST_CASE("a slug has lower-case letters, digits and inner hyphens") {
  for (const auto* good : {"a", "7", "construction-started", "a--b", "x-1"}) CHECK(is_slug(good));
  for (const auto* bad : {"", "-", "-a", "a-", "A", "a b", "a/b", "a_b", "а", "a."})
    CHECK_FALSE_MESSAGE(is_slug(bad), bad);
}

TEST_CASE("a decimal has digits and at most one point, no exponent and no leading zeros") {
  for (const auto* good : {"0", "10", "-0.5", "10.2", "0.00", "-0"}) CHECK(is_decimal(good));
  for (const auto* bad : {"", "-", ".5", "5.", "1.2.3", "01", "-01", "1e9", "+1", "1,5", " 1", "1 ",
                          "0x1", "nan", "--1", "١"})
    CHECK_FALSE_MESSAGE(is_decimal(bad), bad);
  CHECK(is_decimal(std::string(40, '9')));
  CHECK_FALSE(is_decimal(std::string(41, '9')));
}
