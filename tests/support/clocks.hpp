#pragma once

#include <atomic>
#include <chrono>

#include "engine/clock.hpp"

namespace solnoma::test {

/// When the clocks of tests begin.
inline constexpr Instant kFirstInstant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

/// The instant with that many microseconds since 1970.
[[nodiscard]] constexpr Instant instant_of(std::int64_t microseconds) {
  return Instant{std::chrono::microseconds{microseconds}};
}

/// A clock that stands still until a test moves it.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Instant begin = kFirstInstant) : now_(begin) {}

  [[nodiscard]] Instant now() override { return now_; }
  void set(Instant instant) { now_ = instant; }
  /// Backwards, too.
  void advance(std::chrono::microseconds by) { now_ += by; }

 private:
  Instant now_;
};

/// A clock that moves by a microsecond whenever it is read. May be read by many threads.
class TickingClock : public Clock {
 public:
  [[nodiscard]] Instant now() override {
    return kFirstInstant + std::chrono::microseconds{++readings_};
  }
  [[nodiscard]] std::int64_t readings() const { return readings_; }

 private:
  std::atomic<std::int64_t> readings_{0};
};

}  // namespace solnoma::test
