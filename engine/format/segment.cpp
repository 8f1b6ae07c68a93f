#include "engine/format/segment.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"

namespace solnoma {

Position last_full_segment(Position head, const Layout& layout) {
  return Position{head.value >> layout.segment_bits << layout.segment_bits};
}

std::vector<Segment> segments_up_to(Position indexed, const Layout& layout) {
  std::vector<Segment> segments;
  while (indexed.value > 0) {
    segments.insert(segments.begin(), newest_segment(indexed, layout));
    indexed = Position{segments.front().first.value - 1};
  }
  return segments;
}

Segment newest_segment(Position indexed, const Layout& layout) {
  SOLNOMA_CHECK(indexed.value > 0 && indexed == last_full_segment(indexed, layout));
  unsigned bits = layout.segment_bits;
  const auto divides = [&](unsigned n) {
    return n < 64 && (indexed.value & ((std::uint64_t{1} << n) - 1)) == 0;
  };
  while (divides(bits + layout.fan_bits)) bits += layout.fan_bits;
  return {Position{indexed.value - (std::uint64_t{1} << bits) + 1}, bits};
}

Segment next_segment(Position indexed, std::uint64_t events, const Layout& layout) {
  SOLNOMA_CHECK(events >> layout.segment_bits > 0);
  unsigned bits = layout.segment_bits;
  const auto fits = [&](unsigned n) {
    return n < 64 && events >> n > 0 && (indexed.value & ((std::uint64_t{1} << n) - 1)) == 0;
  };
  while (fits(bits + layout.fan_bits)) bits += layout.fan_bits;
  return {indexed.next(), bits};
}

std::string segment_key(const Segment& segment) {
  std::string key;
  store_key(key, segment.first.value);
  key.push_back(static_cast<char>(segment.bits));
  return key;
}

}  // namespace solnoma
