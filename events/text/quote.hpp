#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace solnoma {

/// The caller's own words for an error message, as they are but cut to about 60
/// bytes, so that a long text cannot bury what the message says about it.
[[nodiscard]] inline std::string clipped(std::string_view text) {
  constexpr std::size_t kLimit = 60;
  if (text.size() <= kLimit) return std::string(text);
  std::size_t end = kLimit;
  // Never through a UTF-8 character: the message must stay valid UTF-8 if the text is.
  while (end > kLimit - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace solnoma
