#include "events/text/nearest.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace solnoma;

namespace {
constexpr auto kNames = std::to_array<std::string_view>(
    {"opened", "suspended", "construction-started", "construction-completed", "type", "en", "uz"});
}

TEST_CASE("a mistyped name finds the one that was meant") {
  CHECK(nearest("opend", kNames) == "opened");
  CHECK(nearest("Opened", kNames) == "opened");
  CHECK(nearest("construction-start", kNames) == "construction-started");
  CHECK(nearest("construction-complete", kNames) == "construction-completed");
  CHECK(nearest("tpye", kNames) == "type");
  CHECK(nearest("kz", kNames) == "uz");
  CHECK(nearest("suspended", kNames) == "suspended");
}

TEST_CASE("letters count, not bytes, and two that changed places are one mistake") {
  constexpr auto kCities = std::to_array<std::string_view>({"ташкент", "бухара", "навои"});
  CHECK(nearest("ташкнет", kCities) == "ташкент");
  CHECK(nearest("бхуара", kCities) == "бухара");
  CHECK(nearest("нваои", kCities) == "навои");
  CHECK_FALSE(nearest("аи", kCities));
  constexpr auto kWays = std::to_array<std::string_view>({"abdc", "abxcd"});
  CHECK(nearest("abcd", kWays) == "abdc");
  constexpr auto kFarther = std::to_array<std::string_view>({"abxycdefgh", "abxcdefghi"});
  CHECK(nearest("abcdefgh", kFarther) == "abxycdefgh");
}

TEST_CASE("a name that is unlike all others finds nothing") {
  CHECK_FALSE(nearest("", kNames));
  CHECK_FALSE(nearest("x", kNames));
  CHECK_FALSE(nearest("de", kNames));  // every letter of "en" would be another
  CHECK_FALSE(nearest("exploded-and-gone", kNames));
  CHECK_FALSE(nearest(std::string(100'000, 'a'), kNames));
  CHECK_FALSE(nearest("opened", {}));
}

TEST_CASE("of two names equally near the first is taken") {
  constexpr auto kTwo = std::to_array<std::string_view>({"abcd", "abce"});
  CHECK(nearest("abcx", kTwo) == "abcd");
}

TEST_CASE("bytes that are no text find nothing and harm nothing") {
  CHECK_FALSE(nearest(std::string("\0\xff\x80\x1b", 4), kNames));
  CHECK_FALSE(nearest("опened-и-нет", kNames));
}
