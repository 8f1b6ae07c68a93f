#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// Numbers to names, read once. Names never change. Memory grows with the names that were met,
/// not with the events. Thread-safe.
class NameCache {
 public:
  /// What it returns lives as long as the cache, also after forget(). `name`: pass it if the
  /// caller has just read it from a frame; else the store is asked. Errors: damaged_index, io.
  [[nodiscard]] Result<std::string_view> get(const Store& store, char space, std::uint32_t number,
                                             std::string_view name = {});
  /// Call it when what was read may have been damaged.
  void forget();

 private:
  using Names = std::deque<std::string>;

  std::mutex mutex_;
  Names subjects_, sources_;  // by number; empty: not met yet
  std::vector<Names> forgotten_;
};

}  // namespace solnoma
