#pragma once

#include <cstddef>
#include <future>

#include "engine/log/open_log.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Writes what derives from the log into the store, in a thread of its own beside the appender.
/// Called by one thread at a time. The thread uses `log`, which outlives this.
class BackgroundWriter {
 public:
  explicit BackgroundWriter(OpenLog& log) : log_(log) {}

  /// Begins when `enough` segments of the index are due, and waits for the thread only where it
  /// has fallen `behind` by so many more. Errors: those of what was written before.
  [[nodiscard]] Result<void> begin_when_due(std::size_t enough = 1, std::size_t behind = 16);

  /// Waits for the thread. Errors: its own.
  [[nodiscard]] Result<void> wait();

  /// Leaves nothing to write. Errors: damaged_index, corrupt, io.
  [[nodiscard]] Result<void> finish();

 private:
  OpenLog& log_;
  std::future<Result<void>> running_;
};

}  // namespace solnoma
