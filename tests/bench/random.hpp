#pragma once

#include <cstdint>

namespace solnoma::bench {

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): the same numbers on every machine, and
/// cheap to begin anew for each event. Not std::uniform_int_distribution, whose numbers
/// differ between libraries.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// An own sequence for the `number`th thing of a seed.
  Random(std::uint64_t seed, std::uint64_t number)
      : state_(Random(seed + number * 0xd1342543de82ef95U).next()) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
  }
  /// From 0 up to 1, which is excluded.
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  /// From 0 up to `end`, which is excluded and not 0.
  std::uint32_t below(std::uint32_t end) {
    return static_cast<std::uint32_t>((next() >> 32) * end >> 32);
  }
  bool chance(double probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

}  // namespace solnoma::bench
