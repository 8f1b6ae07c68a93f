#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/log.hpp"

namespace solnoma {

/// Nodes of 256 events each, for whoever asks: a tile of them takes the hashing of 65,536 events,
/// and anybody may ask for it again and again. The engine keeps nodes from 1,024 events on, so all
/// others are read. Keeps 4,096 tiles, 32 MB, those that were asked for last; each is hashed once
/// and lengthened as the log grows. Thread-safe.
class HashedNodes {
 public:
  /// `log` outlives it.
  explicit HashedNodes(const Log& log) : log_(log) {}

  /// The first `count` nodes of a tile. Precondition and errors as of Log::tree_nodes().
  [[nodiscard]] Result<std::vector<Hash>> of_tile(std::uint64_t tile, std::size_t count);

 private:
  using Tile = std::pair<std::uint64_t, std::vector<Hash>>;

  const Log& log_;
  std::mutex mutex_;       // guards what follows
  std::list<Tile> tiles_;  // the one that was asked for last first
  std::unordered_map<std::uint64_t, std::list<Tile>::iterator> by_number_;
};

}  // namespace solnoma
