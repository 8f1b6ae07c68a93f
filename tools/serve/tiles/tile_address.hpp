#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace solnoma {

/// A part of a log as https://c2sp.org/tlog-tiles cuts it: 256 hashes side by side of the tree's
/// level 8 * `level`, or the 256 entries below those of level 0. The last of a level may be
/// partial.
struct TileAddress {
  static constexpr std::size_t kWidth = 256;

  bool entries = false;
  unsigned level = 0;  ///< 0 to 7; of entries 0
  std::uint64_t number = 0;
  std::size_t width = kWidth;

  /// The first of what it holds, of its level.
  [[nodiscard]] std::uint64_t first() const { return number * kWidth; }
  /// Up to which size the log must have come.
  [[nodiscard]] std::uint64_t least_size() const { return (first() + width) << (8 * level); }
  bool operator==(const TileAddress&) const = default;
};

/// "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/000".
[[nodiscard]] std::string to_string(const TileAddress& tile);
/// From the segments of a path; nullopt: they are no tile's.
[[nodiscard]] std::optional<TileAddress> tile_from(std::span<const std::string> path);

/// The tile that holds a hash of its level in a log of that size, as wide as it is there.
[[nodiscard]] TileAddress tile_with(unsigned level, std::uint64_t index, std::uint64_t size);

}  // namespace solnoma
