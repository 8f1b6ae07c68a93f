#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// With the letters A to Z small, and all else as it is: what the names of headers, schemes and
/// file endings are compared by.
[[nodiscard]] inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace solnoma
