#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// A SHA-256 digest (FIPS 180-4).
using Hash = std::array<std::uint8_t, 32>;

/// Lower-case hexadecimal digits, 64 of them.
[[nodiscard]] std::string to_hex(const Hash& hash);
/// Errors: invalid when it is anything else (upper case is read).
[[nodiscard]] Result<Hash> hash_from_hex(std::string_view digits);

/// The bytes of a hash, as part of something larger.
[[nodiscard]] inline std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace solnoma
