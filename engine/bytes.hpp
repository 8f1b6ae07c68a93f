#pragma once

#include <bit>
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
void store(std::string& to, T value) {
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

}  // namespace solnoma
