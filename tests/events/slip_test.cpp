#include "events/text/slip.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace solnoma;

namespace {

/// Both ways, and found by a key in common.
bool slip(const std::string& a, const std::string& b) {
  CHECK(looks_like_slip(a, b) == looks_like_slip(b, a));
  std::set<std::uint64_t> keys;
  each_slip_key(a, [&](std::uint64_t key) { keys.insert(key); });
  bool in_common = false;
  each_slip_key(b, [&](std::uint64_t key) { in_common |= keys.contains(key); });
  if (looks_like_slip(a, b)) CHECK(in_common);
  return looks_like_slip(a, b);
}

}  // namespace

TEST_CASE("one letter that is missing, too many, wrong or out of place is a slip") {
  CHECK(slip("bukhra", "bukhara"));
  CHECK(slip("bukkhara", "bukhara"));
  CHECK(slip("bukhora", "bukhara"));
  CHECK(slip("bukahra", "bukhara"));
  CHECK(slip("ubkhara", "bukhara"));
  CHECK(slip("bukhar", "bukhara"));
  CHECK(slip("prk", "park"));
  CHECK(slip("компанй", "компаний"));
  CHECK(slip("комапний", "компаний"));
}

TEST_CASE("another case of ASCII letters is a slip, however short the name is") {
  CHECK(slip("usd", "USD"));
  CHECK(slip("Companies", "companies"));
}

TEST_CASE("two mistakes, short names, and equal names are no slips") {
  CHECK(!slip("bukahr", "bukhara"));
  CHECK(!slip("osh", "ash"));
  CHECK(!slip("EUR", "RUB"));
  CHECK(!slip("bukhara", "bukhara"));
  CHECK(!slip("", "a"));
  CHECK(!slip("navoi", "navoi-east"));
}

TEST_CASE("what differs in its digits, or in a word of one letter, is meant to differ") {
  CHECK(!slip("phase-2", "phase-3"));
  CHECK(!slip("phase-2", "phase-12"));
  CHECK(!slip("building", "building2"));
  CHECK(!slip("zone-a", "zone-b"));
  CHECK(!slip("a-block", "b-block"));
  CHECK(slip("phase-2", "phsae-2"));
}
