#include "engine/format/segment.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

const std::vector<Layout> kLayouts{{0, 1}, {0, 8}, {2, 2}, {3, 1}, {3, 3}, {14, 4}, {32, 8}};

/// The digits of the number of full segments, written out: the highest first.
std::vector<Segment> naive(Position indexed, const Layout& layout) {
  std::vector<unsigned> digits;  // the lowest first
  for (std::uint64_t units = indexed.value >> layout.segment_bits; units > 0;
       units >>= layout.fan_bits)
    digits.push_back(static_cast<unsigned>(units & ((1U << layout.fan_bits) - 1)));
  std::vector<Segment> segments;
  std::uint64_t first = 1;
  for (std::size_t level = digits.size(); level-- > 0;)
    for (unsigned i = 0; i < digits[level]; ++i) {
      const auto bits = layout.segment_bits + static_cast<unsigned>(level) * layout.fan_bits;
      segments.push_back({Position{first}, bits});
      first += std::uint64_t{1} << bits;
    }
  return segments;
}

void check_like_naive(Position indexed, const Layout& layout) {
  CAPTURE(indexed.value);
  CAPTURE(layout.segment_bits);
  CAPTURE(layout.fan_bits);
  const auto expected = naive(indexed, layout);
  CHECK(segments_up_to(indexed, layout) == expected);
  if (!expected.empty()) CHECK(newest_segment(indexed, layout) == expected.back());
}

}  // namespace

TEST_CASE("the segments that stand are the digits of the number of indexed events") {
  for (const Layout& layout : kLayouts) {
    for (std::uint64_t units = 0; units <= 600; ++units)
      check_like_naive(Position{units << layout.segment_bits}, layout);
    Random random(base_seed());
    for (int i = 0; i < 300; ++i) {
      const Position head{random.bits() >> (8 + random.below(56))};
      check_like_naive(last_full_segment(head, layout), layout);
    }
    check_like_naive(last_full_segment(kNewest, layout), layout);
    for (unsigned bits = layout.segment_bits; bits < 56; ++bits)
      check_like_naive(Position{std::uint64_t{1} << bits}, layout);
  }
}

TEST_CASE("segments fill the log up to the last full one, without gaps") {
  Random random(base_seed());
  for (const Layout& layout : kLayouts)
    for (int i = 0; i < 200; ++i) {
      const Position head{random.bits() >> (8 + random.below(56))};
      const Position indexed = last_full_segment(head, layout);
      CHECK(head.value - indexed.value < std::uint64_t{1} << layout.segment_bits);
      std::uint64_t next = 1;
      for (const Segment& segment : segments_up_to(indexed, layout)) {
        REQUIRE(segment.first.value == next);
        next = segment.last().value + 1;
      }
      CHECK(next == indexed.value + 1);
    }
}

TEST_CASE("a new segment takes the place of whole ones, and leaves the older as they are") {
  for (const Layout& layout : kLayouts)
    for (std::uint64_t units = 1; units <= 600; ++units) {
      const Position indexed{units << layout.segment_bits};
      auto before = segments_up_to(Position{(units - 1) << layout.segment_bits}, layout);
      const auto after = segments_up_to(indexed, layout);
      const Segment newest = newest_segment(indexed, layout);
      const std::size_t replaced = static_cast<std::size_t>(
          std::ranges::count_if(before, [&](const Segment& s) { return s.first >= newest.first; }));
      before.resize(before.size() - replaced);
      before.push_back(newest);
      CHECK(after == before);
      // Of any level it meets all but one, which the events that are new make full.
      CHECK(replaced % ((std::size_t{1} << layout.fan_bits) - 1) == 0);
    }
}

TEST_CASE("a larger segment made at once stands where its smaller ones would have been merged") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  for (const Layout& layout : kLayouts) {
    Position indexed{0};
    while (indexed.value >> layout.segment_bits < 600) {
      const std::uint64_t units = 1 + random.bits() % 40;
      const Segment fresh = next_segment(indexed, units << layout.segment_bits, layout);
      CHECK(fresh.first == indexed.next());
      CHECK(fresh.events() <= units << layout.segment_bits);
      // What it is merged into is made of segments that stand, and of it.
      const Segment whole = newest_segment(fresh.last(), layout);
      std::uint64_t events = fresh.events();
      for (const Segment& stands : segments_up_to(indexed, layout))
        if (stands.first >= whole.first) events += stands.events();
      CHECK(events == whole.events());
      indexed = fresh.last();
    }
  }
}

TEST_CASE("segments are few at any size") {
  const Layout usual;
  Random random(base_seed());
  for (int i = 0; i < 2'000; ++i) {
    const Position head{random.bits() >> (8 + random.below(56))};
    std::size_t levels = 0;
    for (std::uint64_t units = head.value >> usual.segment_bits; units > 0;
         units >>= usual.fan_bits)
      ++levels;
    CHECK(segments_up_to(last_full_segment(head, usual), usual).size() <= levels * 15);
  }
}

TEST_CASE("keys of segments sort by first event, then by size, and none begins with another") {
  std::vector<std::string> keys;
  for (const std::uint64_t first : {1ULL, 2ULL, 255ULL, 256ULL, 1ULL << 40})
    for (const unsigned bits : {0U, 3U, 14U, 42U})
      keys.push_back(segment_key({Position{first}, bits}));
  CHECK(std::ranges::is_sorted(keys));
  CHECK(std::ranges::adjacent_find(keys) == keys.end());
  CHECK(std::ranges::all_of(keys, [](const std::string& key) { return key.size() == 9; }));
}
