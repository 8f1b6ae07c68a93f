#include "tools/serve/tiles/hashed_nodes.hpp"

#include <algorithm>
#include <iterator>

#include "tools/serve/tiles/tile_address.hpp"

namespace solnoma {

Result<std::vector<Hash>> HashedNodes::of_tile(std::uint64_t tile, std::size_t count) {
  constexpr unsigned kLevel = 8;
  constexpr std::size_t kMostTiles = 4'096;
  std::vector<Hash> nodes;
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = by_number_.find(tile); known != by_number_.end()) {
      tiles_.splice(tiles_.begin(), tiles_, known->second);
      nodes = tiles_.front().second;
    }
  }
  if (nodes.size() < count) {
    auto more =
        log_.tree_nodes(kLevel, tile * TileAddress::kWidth + nodes.size(), count - nodes.size());
    if (!more) return more;
    std::ranges::copy(*more, std::back_inserter(nodes));
    const std::lock_guard lock(mutex_);
    auto [known, is_new] = by_number_.try_emplace(tile, tiles_.end());
    if (is_new) {
      tiles_.emplace_front(tile, nodes);
      known->second = tiles_.begin();
    } else if (known->second->second.size() < nodes.size()) {
      known->second->second = nodes;  // unless another was faster
    }
    if (tiles_.size() > kMostTiles) {
      by_number_.erase(tiles_.back().first);
      tiles_.pop_back();
    }
  }
  nodes.resize(count);
  return nodes;
}

}  // namespace solnoma
