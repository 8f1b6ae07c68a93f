#include "tools/serve/tiles/tile_address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "events/text/digits.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kGroup = 1'000;
constexpr std::size_t kDigits = 3;

/// Digits alone, and no more of them than needed.
std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool plain = !text.empty() && std::ranges::all_of(text, is_digit) &&
                     read.ec == std::errc{} && (text.size() == 1 || text.front() != '0');
  return plain ? std::optional(number) : std::nullopt;
}

/// "x001", "x234", "067": 1234067.
std::optional<std::uint64_t> read_groups(std::span<const std::string> path) {
  constexpr std::size_t kMost = 5;  // more than 2^48 tiles nobody has
  if (path.empty() || path.size() > kMost) return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    std::string_view group = path[i];
    const bool last = i + 1 == path.size();
    if (!last && !group.starts_with('x')) return std::nullopt;
    if (!last) group.remove_prefix(1);
    if (group.size() != kDigits || !std::ranges::all_of(group, is_digit)) return std::nullopt;
    // One way to write each.
    if (i == 0 && !last && group == "000") return std::nullopt;
    for (const char digit : group) number = number * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return number;
}

}  // namespace

std::string to_string(const TileAddress& tile) {
  std::string number = fmt::format("{:03}", tile.number % kGroup);
  for (std::uint64_t rest = tile.number / kGroup; rest > 0; rest /= kGroup)
    number = fmt::format("x{:03}/{}", rest % kGroup, number);
  std::string text =
      tile.entries ? "tile/entries/" + number : fmt::format("tile/{}/{}", tile.level, number);
  if (tile.width < TileAddress::kWidth) text += fmt::format(".p/{}", tile.width);
  return text;
}

std::optional<TileAddress> tile_from(std::span<const std::string> path) {
  constexpr std::string_view kPartial = ".p";
  constexpr unsigned kLevels = 8;
  if (path.size() < 3 || path[0] != "tile") return std::nullopt;
  TileAddress tile{.entries = path[1] == "entries"};
  if (!tile.entries) {
    const auto level = number_in(path[1]);
    if (!level || *level >= kLevels) return std::nullopt;
    tile.level = static_cast<unsigned>(*level);
  }
  std::vector<std::string> groups(path.begin() + 2, path.end());
  if (groups.size() > 1 && groups[groups.size() - 2].ends_with(kPartial)) {
    const auto width = number_in(groups.back());
    if (!width || *width == 0 || *width >= TileAddress::kWidth) return std::nullopt;
    tile.width = *width;
    groups.pop_back();
    groups.back().resize(groups.back().size() - kPartial.size());
  }
  const auto number = read_groups(groups);
  if (!number) return std::nullopt;
  tile.number = *number;
  // What no log can reach is none.
  constexpr unsigned kBits = 63;
  const unsigned shift = 8 * tile.level;
  if (tile.number >= (std::uint64_t{1} << kBits) / TileAddress::kWidth ||
      tile.first() + tile.width > (std::uint64_t{1} << kBits) >> shift)
    return std::nullopt;
  return tile;
}

TileAddress tile_with(unsigned level, std::uint64_t index, std::uint64_t size) {
  TileAddress tile{.level = level, .number = index / TileAddress::kWidth};
  const std::uint64_t there = (size >> (8 * level)) - tile.first();
  tile.width = static_cast<std::size_t>(std::min<std::uint64_t>(there, TileAddress::kWidth));
  return tile;
}

}  // namespace solnoma
