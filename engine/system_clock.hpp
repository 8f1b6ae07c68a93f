#pragma once

#include <chrono>

#include "engine/clock.hpp"

namespace solnoma {

/// The clock of the machine, for programs to hand in. Thread-safe.
class SystemClock : public Clock {
 public:
  [[nodiscard]] Instant now() override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace solnoma
