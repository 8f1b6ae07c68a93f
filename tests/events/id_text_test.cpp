#include "events/text/id_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "events/text/nfc.hpp"
#include "events/text/text.hpp"
#include "tests/events/samples.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("an id is of any script, with spaces inside") {
  for (const std::string id :
       {"s1-opened", "a b", "Чирчик/1", "e\u0301e" /* not NFC */, "نام", "🏗"})
    CHECK(check_id(nfc(id), 100));
}

TEST_CASE("an id has nothing that cannot be seen, and the error names it") {
  struct Case {
    std::string id, what;
  };
  for (const auto& [id, what] : std::vector<Case>{
           {"a ", "it ends with a space (U+0020)"},
           {" a", "it begins with a space (U+0020)"},
           {"a\u200B", "byte 2 is U+200B (ZERO WIDTH SPACE), which cannot be seen"},
           {"a\u200Db", "byte 2 is U+200D (ZERO WIDTH JOINER), which cannot be seen"},
           {"a\u00ADb", "byte 2 is U+00AD (SOFT HYPHEN), which cannot be seen"},
           {"a\u200Eb", "byte 2 is U+200E (LEFT-TO-RIGHT MARK), which cannot be seen"},
           {"a\u2066b", "byte 2 is U+2066 (LEFT-TO-RIGHT ISOLATE), which cannot be seen"},
           {"\uFEFFa", "byte 1 is U+FEFF (ZERO WIDTH NO-BREAK SPACE), which cannot be seen"},
           {"a\u00A0b", "byte 2 is U+00A0 (NO-BREAK SPACE), which cannot be seen"},
           {"a\u2028b", "byte 2 is U+2028 (LINE SEPARATOR), which cannot be seen"},
           {"a\u3164b", "byte 2 is U+3164 (HANGUL FILLER), which cannot be seen"},
           {"a\uFE0Fb", "byte 2 is U+FE0F (VARIATION SELECTOR-16), which cannot be seen"},
           {"a\tb", "byte 2 is U+0009, which cannot be seen"},
           {"a\xff", "byte 2 is not UTF-8"},
           {"e\u0301", "it is not in Unicode's normal form C"},
       }) {
    CAPTURE(id);
    const auto outcome = check_id(id, 100);
    REQUIRE(refused(outcome, ""));
    CHECK(outcome.error().what == what);
    CHECK_FALSE(outcome.error().remedy.empty());
  }
}

TEST_CASE("the limit of an id is in bytes, as the engine's") {
  CHECK(check_id("Чир", 6));
  CHECK(check_id("Чир", 5).error().what == "it has 6 bytes, more than 5");
}

TEST_CASE("an id of an older log is shown with what cannot be seen in it") {
  CHECK(visible_id("a\u200Bb ") == "a\\u{200b}b\\u{20}");
  CHECK(visible_id("a b\u202Ec\xff") == "a b\\u{202e}c\\x{ff}");
  CHECK(visible_id("Чирчик") == "Чирчик");
}

TEST_CASE("the normal form composes accents, and leaves alone what is no UTF-8") {
  CHECK(nfc("") == "");
  CHECK(nfc("plain") == "plain");
  CHECK(nfc("e\u0301") == "\u00E9");
  CHECK(nfc("и\u0306") == "й");
  CHECK(nfc("й") == "й");
  CHECK(nfc("e\u0301\xff") == "e\u0301\xff");
  CHECK(is_nfc("й"));
  CHECK_FALSE(is_nfc("и\u0306"));
  CHECK_FALSE(is_nfc("\xff"));
}
