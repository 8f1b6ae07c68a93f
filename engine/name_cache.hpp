#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// Numbers to names, read once. Names never change, so nothing is ever stale. Memory
/// grows with the names that were met, not with the events. Thread-safe.
class NameCache {
 public:
  /// What it returns lives as long as the cache. `told`: the name where the caller has it.
  [[nodiscard]] Result<std::string_view> get(const Store& store, char space, std::uint32_t number,
                                             std::string_view told = {});

 private:
  std::mutex mutex_;
  std::deque<std::string> subjects_, sources_;  // by number; empty: not met yet
};

}  // namespace solnoma
