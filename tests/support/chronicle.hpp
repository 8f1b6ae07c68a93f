#pragma once

#include <doctest/doctest.h>

#include <memory>

#include "engine/journal.hpp"
#include "engine/system_clock.hpp"
#include "events/chronicle.hpp"
#include "events/history.hpp"

namespace solnoma::test {

/// The shipped history, in a log in memory.
class ShippedChronicle {
 public:
  ShippedChronicle() {
    REQUIRE(Journal::create(disk_, "/store"));
    journal_ = open_journal(disk_, "/store", clock_).value();
    REQUIRE(append(*journal_, shipped_history().value()));
  }
  [[nodiscard]] const Log& log() const { return journal_->log(); }

 private:
  SystemClock clock_;
  Disk disk_ = Disk::memory();
  std::unique_ptr<Journal> journal_;
};

}  // namespace solnoma::test
