#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/position.hpp"

namespace solnoma {

/// How a store's index is cut, fixed when the store is made. Small values are for tests.
struct Layout {
  unsigned segment_bits = 14;  ///< a segment of level 0 holds 2^this events
  unsigned fan_bits = 4;       ///< 2^this segments of a level make one of the next
};

/// A stretch of the log that is indexed together. The segments that stand are the digits
/// of the number of indexed events in base 2^fan_bits, so they depend on that number
/// alone: one million events are 3 segments of 262,144 and 13 of 16,384, and a rest that
/// no segment holds yet. Few at any size (at most 15 of each level), and every event is
/// written anew once a level: the logarithmic method of Bentley & Saxe (J. Algorithms
/// 1(4), 1980), which log-structured merge trees use as well.
struct Segment {
  Position first;
  unsigned bits = 0;  ///< it holds 2^bits events

  [[nodiscard]] std::uint64_t events() const { return std::uint64_t{1} << bits; }
  [[nodiscard]] Position last() const { return Position{first.value + events() - 1}; }
  bool operator==(const Segment&) const = default;
};

/// The last position that segments can hold when the head is there.
[[nodiscard]] Position last_full_segment(Position head, const Layout& layout);

/// The segments that stand when the events up to `indexed` are in segments, oldest (and
/// largest) first. Precondition: `indexed` is a last_full_segment().
[[nodiscard]] std::vector<Segment> segments_up_to(Position indexed, const Layout& layout);

/// The newest of them.
[[nodiscard]] Segment newest_segment(Position indexed, const Layout& layout);

/// The largest segment that can follow at once, where so many events are in memory: the smaller
/// ones of the same events would only be merged into it. Precondition: there are enough for one.
[[nodiscard]] Segment next_segment(Position indexed, std::uint64_t events, const Layout& layout);

/// What all keys of a segment begin with: be64 first position, u8 bits.
[[nodiscard]] std::string segment_key(const Segment& segment);

}  // namespace solnoma
