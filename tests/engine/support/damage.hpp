#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/random.hpp"

namespace solnoma::test {

/// Hands in bytes at the very end of memory of their own, so that a sanitizer sees the
/// first one that is read beyond them.
inline void at_the_edge(std::string_view bytes, const std::function<void(std::string_view)>& use) {
  const std::unique_ptr<char[]> memory(new char[bytes.size()]);
  if (!bytes.empty()) std::memcpy(memory.get(), bytes.data(), bytes.size());
  use({memory.get(), bytes.size()});
}

/// Calls `use` with the bytes cut short everywhere, with each bit flipped, and with a few
/// bytes at once made what varints are confused by.
inline void damaged_in_many_ways(const std::string& bytes, Random& random,
                                 const std::function<void(std::string_view)>& use) {
  for (std::size_t size = 0; size < bytes.size(); ++size) at_the_edge({bytes.data(), size}, use);
  std::string damaged = bytes;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    damaged[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    at_the_edge(damaged, use);
    damaged[bit / 8] = bytes[bit / 8];
  }
  constexpr std::string_view kOdd{"\xff\x80\x7f\x00\x01\xfe", 6};
  for (int i = 0; i < 2'000; ++i) {
    damaged = bytes;
    for (int n = 1 + random.below(12); n > 0; --n) {
      const auto at = static_cast<std::size_t>(random.below(static_cast<int>(damaged.size())));
      if (random.one_in(4))
        damaged.insert(at, std::string(static_cast<std::size_t>(1 + random.below(9)), '\xff'));
      else
        damaged[at] = kOdd[static_cast<std::size_t>(random.below(6))];
    }
    at_the_edge(damaged, use);
  }
}

}  // namespace solnoma::test
