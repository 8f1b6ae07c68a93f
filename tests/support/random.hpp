#pragma once

#include <concepts>
#include <cstdint>
#include <cstdlib>

namespace solnoma::test {

/// The seed of tests that draw their input; SOLNOMA_SEED runs one again.
[[nodiscard]] inline std::uint64_t base_seed() {
  const char* given = std::getenv("SOLNOMA_SEED");  // NOLINT(concurrency-mt-unsafe)
  return given == nullptr || *given == '\0' ? 20'260'101 : std::strtoull(given, nullptr, 10);
}

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): the same numbers on every machine, and cheap to
/// begin anew for each event. Its own functions draw the same numbers everywhere, too, which
/// std::uniform_int_distribution does not; it can be used with that, and with std::shuffle.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// A sequence of its own for the `number`th thing of a seed.
  Random(std::uint64_t seed, std::uint64_t number)
      : state_(Random(seed + number * 0xd1342543de82ef95U).bits()) {}

  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
  }
  /// From 0 up to `end`, which is excluded. Precondition: 0 < end <= 2^32.
  template <std::integral T>
  T below(T end) {
    return static_cast<T>((bits() >> 32) * static_cast<std::uint64_t>(end) >> 32);
  }
  /// From `least` up to `most`, both included.
  std::int32_t between(std::int32_t least, std::int32_t most) {
    return static_cast<std::int32_t>(least + below(std::int64_t{most} - least + 1));
  }
  /// From 0 up to 1, which is excluded.
  double unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }

  bool chance(double probability) { return unit() < probability; }
  bool percent(int chances) { return below(100) < chances; }
  bool one_in(int n) { return below(n) == 0; }

  using result_type = std::uint64_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return UINT64_MAX; }
  result_type operator()() { return bits(); }

 private:
  std::uint64_t state_;
};

}  // namespace solnoma::test
