#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace solnoma::bench {

/// The floor: RocksDB and nothing else, one key an event (its position, big-endian), with
/// the options of the engine's log. No validation, no idempotency, no index.
class RawStore {
 public:
  /// Opens or makes it.
  explicit RawStore(const std::string& directory);
  ~RawStore();

  /// One synced WriteBatch.
  void append(std::span<const std::string> payloads);

  /// Visits every value, with readahead and without filling the cache, and touches each
  /// cache line of it. The number of values; `touched` gets a sum, so that nothing is
  /// optimised away.
  [[nodiscard]] std::uint64_t scan(std::uint64_t& touched) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma::bench
