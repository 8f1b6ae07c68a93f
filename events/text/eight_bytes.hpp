#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace solnoma {

/// Looks at eight bytes in the time of one: texts are gone through for one byte or another that
/// nearly none of them has.

inline constexpr std::uint64_t kEachByte = 0x0101010101010101;
inline constexpr std::uint64_t kTopBits = kEachByte * 0x80;

/// The top bit of the lowest byte that is below `value`, and maybe of some above that; 0: none is.
/// Precondition: `value` is at most 0x80. (Bit Twiddling Hacks, "has a byte less than n".)
[[nodiscard]] constexpr std::uint64_t bytes_below(std::uint64_t bytes, unsigned value) {
  return (bytes - kEachByte * value) & ~bytes & kTopBits;
}
/// The same of bytes that are `value`.
[[nodiscard]] constexpr std::uint64_t bytes_equal(std::uint64_t bytes, char value) {
  return bytes_below(bytes ^ (kEachByte * static_cast<unsigned char>(value)), 1);
}

/// How many bytes at the beginning, in eights, `marked` gives 0 for.
template <class Marked>
[[nodiscard]] std::size_t unmarked_prefix(std::string_view text, Marked marked) {
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + i, sizeof bytes);
    if (marked(bytes) != 0) break;
  }
  return i;
}

}  // namespace solnoma
