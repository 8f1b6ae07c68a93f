#pragma once

#include <string>
#include <string_view>

namespace solnoma::test {

/// An export without the heads that it states, which say where it ended.
[[nodiscard]] inline std::string without_heads(std::string exported) {
  constexpr std::string_view kHead = ",\"loghead\":\"";
  for (std::size_t at = 0; (at = exported.find(kHead, at)) != std::string::npos;)
    exported.erase(at, exported.find('"', at + kHead.size()) + 1 - at);
  return exported;
}

}  // namespace solnoma::test
