#include "engine/format/id_page.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/base/bytes.hpp"
#include "tests/engine/support/damage.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr IdHash kHighest = (IdHash{1} << kIdHashBits) - 1;

const std::vector<Segment> kSegments{{Position{1}, 0},
                                     {Position{1}, 3},
                                     {Position{8193}, 14},
                                     {Position{(1ULL << 40) + 1}, 40},
                                     {Position{(1ULL << 54) + 1}, 54}};

std::vector<IdEntry> random_entries(Random& random, const Segment& segment, std::size_t count) {
  std::vector<IdEntry> entries;
  while (entries.size() < count) {
    IdHash hash = random.bits() & kHighest;
    if (!entries.empty() && random.one_in(4)) hash = entries.back().hash;
    if (random.one_in(20)) hash = random.one_in(2) ? 0 : kHighest;
    entries.push_back({hash, Position{segment.first.value + random.bits() % segment.events()}});
  }
  if (count > 0) entries.front().position = segment.last();
  std::ranges::sort(entries);
  return entries;
}

/// A full page or a small one.
std::vector<IdEntry> some_entries(Random& random, const Segment& segment) {
  const bool full = random.one_in(8);
  return random_entries(random, segment,
                        full ? kIdsPerPage : static_cast<std::size_t>(1 + random.below(80)));
}

void check_sound(const std::vector<IdEntry>& entries, const Segment& segment) {
  if (entries.size() > kIdsPerPage) FAIL("too many ids");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].hash > kHighest) FAIL("a hash of too many bits");
    if (i > 0 && entries[i].hash < entries[i - 1].hash) FAIL("hashes out of order");
    if (entries[i].position < segment.first || entries[i].position > segment.last())
      FAIL("an id of another segment");
  }
}

}  // namespace

TEST_CASE("a page of ids reads as it was written, also with hashes that repeat") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  std::vector<IdEntry> decoded;
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    const Segment& segment = kSegments[static_cast<std::size_t>(random.below(5))];
    const auto entries = some_entries(random, segment);
    at_the_edge(encode_ids(entries, segment),
                [&](std::string_view bytes) { REQUIRE(decode_ids(bytes, segment, decoded)); });
    CHECK(decoded == entries);
  }
}

TEST_CASE("an id is found in a page at all its positions, and what is not there is not") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    const Segment& segment = kSegments[static_cast<std::size_t>(random.below(5))];
    const auto entries = some_entries(random, segment);
    const std::string page = encode_ids(entries, segment);
    for (int look = 0; look < 40; ++look) {
      const IdEntry& near = entries[random.bits() % entries.size()];
      const IdHash hash = (near.hash + random.bits() % 3 - 1) & kHighest;
      std::vector<Position> expected, found;
      for (const IdEntry& entry : entries)
        if (entry.hash == hash) expected.push_back(entry.position);
      at_the_edge(page, [&](std::string_view bytes) {
        const auto more = find_id(bytes, segment, hash, [&](Position p) { found.push_back(p); });
        REQUIRE(more);
        // An id that the page may have the first entries of alone.
        if (*more != (entries.back().hash <= hash)) FAIL("the next page is looked into wrongly");
      });
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("damaged bytes of ids are refused, or read as ids that a segment may hold") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  std::vector<IdEntry> decoded;
  for (const std::size_t count : {1U, 2U, 9U, 100U})
    for (const Segment& segment : kSegments) {
      const std::string bytes = encode_ids(random_entries(random, segment, count), segment);
      damaged_in_many_ways(bytes, random, [&](std::string_view damaged) {
        const auto ok = decode_ids(damaged, segment, decoded);
        (void)find_id(damaged, segment, random.bits() & kHighest, [&](Position position) {
          if (position < segment.first || position > segment.last()) FAIL("of another segment");
        });
        if (ok) check_sound(decoded, segment);
        if (!ok && ok.error().code != Errc::damaged_index) FAIL("it is called something else");
        // A segment of one event spends no byte on a position.
        if (damaged.size() < bytes.size() && bytes.starts_with(damaged) && ok)
          FAIL("cut short, it was taken for whole");
      });
    }
}

TEST_CASE("hashes that go past their bits are refused") {
  const Segment segment{Position{1}, 3};
  std::vector<IdEntry> decoded;
  const std::vector<IdEntry> entries{{kHighest - 1, Position{1}}, {kHighest, Position{2}}};
  std::string bytes = encode_ids(entries, segment);
  REQUIRE(decode_ids(bytes, segment, decoded));
  CHECK(decoded == entries);
  std::string lowest;
  store_varint(lowest, kHighest - 1);
  REQUIRE(bytes.substr(2, lowest.size()) == lowest);
  bytes[2] = static_cast<char>(bytes[2] + 1);  // both are counted from there
  CHECK(decode_ids(bytes, segment, decoded).error().code == Errc::damaged_index);
}

TEST_CASE("a page of another kind is refused") {
  std::vector<IdEntry> decoded;
  const Segment segment{Position{1}, 3};
  std::string bytes = encode_ids({{5, Position{1}}, {6, Position{2}}}, segment);
  bytes.front() = 2;
  CHECK(decode_ids(bytes, segment, decoded).error().code == Errc::damaged_index);
  CHECK(find_id(bytes, segment, 5, [](Position) {}).error().code == Errc::damaged_index);
}
