#include "engine/append/background.hpp"

#include <chrono>

#include "engine/base/catches_bad_alloc.hpp"

namespace solnoma {

Result<void> BackgroundWriter::begin_when_due(std::size_t enough, std::size_t behind) {
  const std::size_t due = log_.index->due_segments();
  if (running_.valid()) {
    const bool done = running_.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
    if (!done && due < enough + behind) return {};
    if (auto ok = running_.get(); !ok) return ok;
  }
  if (due >= enough)
    running_ = std::async(std::launch::async, [this] {
      const CatchesBadAlloc here;  // by whoever takes the result
      return log_.write_derived();
    });
  return {};
}

Result<void> BackgroundWriter::wait() {
  return running_.valid() ? running_.get() : Result<void>{};
}

Result<void> BackgroundWriter::finish() {
  if (auto ok = wait(); !ok) return ok;
  return log_.write_derived();
}

}  // namespace solnoma
