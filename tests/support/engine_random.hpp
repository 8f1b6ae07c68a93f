#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

namespace solnoma::test {

/// Where a test that draws its input begins; SOLNOMA_SEED runs one again.
[[nodiscard]] inline std::uint64_t seed() {
  const char* given = std::getenv("SOLNOMA_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 20260101;
}

class Random {
 public:
  explicit Random(std::uint64_t s) : engine_(s) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  bool one_in(int n) { return below(n) == 0; }
  std::uint64_t bits() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace solnoma::test
