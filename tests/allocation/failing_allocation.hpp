#pragma once

#include <cstddef>

namespace solnoma::test {

/// While it lives, one allocation of this program fails: the n-th, from 1, in whatever thread. One
/// at a time. RocksDB's own are passed over, and not counted: it does not survive an exception
/// where it writes, and ends the program where it runs out of memory in a thread of its own.
class FailingAllocation {
 public:
  explicit FailingAllocation(std::size_t n);
  ~FailingAllocation();
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;

  /// Whether so many have come by.
  [[nodiscard]] bool has_failed() const;
};

}  // namespace solnoma::test
