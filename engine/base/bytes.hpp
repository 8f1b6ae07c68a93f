#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace solnoma {

static_assert(std::endian::native == std::endian::little,
              "rows and frames are read in place; port these two helpers first");

/// Little-endian, as in values. Precondition: enough bytes.
template <class T>
[[nodiscard]] T load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <class T>
void put_le(std::string& to, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  to.append(bytes, sizeof value);
}

/// Big-endian, as in keys: byte order is numeric order.
template <class T>
void store_key(std::string& to, T value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<char>(value >> shift));
}

template <class T>
[[nodiscard]] T load_key(std::string_view from) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i)
    value = static_cast<T>((value << 8) | static_cast<unsigned char>(from[i]));
  return value;
}

/// Seven bits a byte, the lowest first; the top bit says that more follow (LEB128).
inline void store_varint(std::string& to, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) to.push_back(static_cast<char>(value | 0x80));
  to.push_back(static_cast<char>(value));
}

/// Takes a varint off `[from, end)`. False where the bytes end within it, or it is longer
/// than 64 bits.
[[nodiscard]] inline bool take_varint(const char*& from, const char* end, std::uint64_t& value) {
  if (from == end) return false;
  value = static_cast<unsigned char>(*from++);
  if (value < 0x80) return true;  // most are this short
  value &= 0x7f;
  for (int shift = 7; shift < 64; shift += 7) {
    if (from == end) return false;
    const auto byte = static_cast<unsigned char>(*from++);
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

/// Signed numbers near zero as small unsigned ones: 0, -1, 1, -2, 2 …
[[nodiscard]] constexpr std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
[[nodiscard]] constexpr std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

}  // namespace solnoma
