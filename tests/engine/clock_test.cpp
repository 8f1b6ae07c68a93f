#include "engine/clock.hpp"

#include <doctest/doctest.h>

using namespace solnoma;

TEST_CASE("an instant is read as it is written") {
  for (const char* text : {"2026-11-26T11:09:38.123456Z", "1969-12-31T23:59:59.999999Z"})
    CHECK(to_string(instant_from_text(text).value()) == text);
}

TEST_CASE("what an instant leaves out is zero, and its zone UTC") {
  const Instant whole = instant_from_text("2026-11-26T11:09:38.000000Z").value();
  CHECK(instant_from_text("2026-11-26T11:09:38Z") == whole);
  CHECK(instant_from_text("2026-11-26T11:09:38") == whole);
  CHECK(instant_from_text("2026-11-26T16:09:38+05:00") == whole);
  CHECK(instant_from_text("2026-11-25T23:39:38.0-11:30") == whole);
  CHECK(instant_from_text("2026-11-26T11:09:38.5Z").value() - whole ==
        std::chrono::milliseconds{500});
}

TEST_CASE("what is no instant is refused") {
  for (const char* text :
       {"", "2026-11-26", "2026-11-26T", "2026-11-26T11:09", "2026-11-26T11:09:38z",
        "2026-11-26 11:09:38Z", "2026-11-26T24:00:00Z", "2026-11-26T11:60:00Z",
        "2026-11-26T11:09:60Z", "2026-11-26T11:09:38.Z", "2026-11-26T11:09:38.1234567Z",
        "2026-11-26T11:09:38+5", "2026-11-26T11:09:38+0500", "2026-11-26T11:09:38+05:00Z",
        "2026-02-30T11:09:38Z", "2026-11-26T11:09:38Z "}) {
    CAPTURE(text);
    CHECK(!instant_from_text(text));
  }
}
