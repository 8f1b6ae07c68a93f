#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "engine/log/name_table.hpp"
#include "engine/result.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// Numbers to names, read once. Names never change. Memory grows with the names that were met,
/// not with the events. Thread-safe; a name that was met is found without a lock.
class NameCache {
 public:
  NameCache() { forget(); }

  /// What it returns lives as long as the cache, also after forget(). `name`: pass it if the
  /// caller has just read it from a frame; else the store is asked. Errors: damaged_index, io.
  [[nodiscard]] Result<std::string_view> get(const Store& store, char space, std::uint32_t number,
                                             std::string_view name = {}) {
    const std::string_view met = table(*names_.load(std::memory_order_acquire), space).find(number);
    if (!met.empty()) return met;
    return meet(store, space, number, name);
  }
  /// Call it when what was read may have been damaged.
  void forget();

 private:
  struct Names {
    NameTable subjects, sources;
  };
  static NameTable& table(Names& names, char space) {
    return space == 'S' ? names.subjects : names.sources;
  }
  Result<std::string_view> meet(const Store& store, char space, std::uint32_t number,
                                std::string_view name);

  std::mutex mutex_;
  std::atomic<Names*> names_;
  std::vector<std::unique_ptr<Names>> all_;  // the last: those in force
};

}  // namespace solnoma
