#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace solnoma {

/// The traces of requests: 32 hexadecimal digits (https://www.w3.org/TR/trace-context/).
class TraceIds {
 public:
  /// That of a request's `traceparent`; a new one where it has none.
  std::string of(std::string_view parent) {
    constexpr std::size_t kBegin = 3;
    constexpr std::size_t kDigits = 32;
    constexpr std::size_t kLength = 55;
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (parent.size() >= kLength && parent[2] == '-' && parent[kBegin + kDigits] == '-')
      if (const auto id = parent.substr(kBegin, kDigits); std::ranges::all_of(id, is_hex))
        return std::string(id);
    return fmt::format("{:016x}{:016x}", random_(), random_());
  }

 private:
  std::mt19937_64 random_{std::random_device{}()};
};

}  // namespace solnoma
