#include "engine/hash.hpp"

#include <charconv>

namespace solnoma {

std::string to_hex(const Hash& hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : hash) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

Result<Hash> hash_from_hex(std::string_view digits) {
  Hash hash;
  if (digits.size() == 2 * hash.size()) {
    std::size_t read = 0;
    for (; read < hash.size(); ++read) {
      const char* const begin = digits.data() + 2 * read;
      if (std::from_chars(begin, begin + 2, hash[read], 16).ptr != begin + 2) break;
    }
    if (read == hash.size()) return hash;
  }
  return fail(Errc::invalid, "a hash is 64 hexadecimal digits", "copy it whole");
}

}  // namespace solnoma
