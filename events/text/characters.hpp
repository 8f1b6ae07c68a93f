#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// The characters of a text, to compare: each the bytes of one code point of UTF-8, packed.
[[nodiscard]] inline std::u32string packed_characters(std::string_view text) {
  std::u32string all;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0) == 0x80 && !all.empty();
    if (continues)
      all.back() = all.back() << 8 | byte;
    else
      all.push_back(byte);
  }
  return all;
}

}  // namespace solnoma
