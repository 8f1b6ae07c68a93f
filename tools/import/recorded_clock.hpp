#pragma once

#include "engine/clock.hpp"

namespace solnoma {

/// The clock of a journal whose events were recorded before, by another: says when.
class RecordedClock : public Clock {
 public:
  [[nodiscard]] Instant now() override { return now_; }
  void set(Instant instant) { now_ = instant; }

 private:
  Instant now_{};
};

}  // namespace solnoma
