#include "engine/log/scan.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/format/keys.hpp"
#include "engine/log/loaded_block.hpp"

namespace solnoma {

Result<void> scan(const OpenLog& log, Position from, Direction direction,
                  const FrameVisitor& visit) {
  return scan_blocks(log, from, direction, [&](AlignedBytes&, Frames& frames) -> Result<bool> {
    for (const auto& [position, frame] : frames) {
      auto more = visit(position, frame);
      if (!more || !*more) return more;
    }
    return true;
  });
}

Result<void> scan_blocks(const OpenLog& log, Position from, Direction direction,
                         const BlockVisitor& visit) {
  const Position newest = log.head();
  const bool forwards = direction == Direction::forwards;
  if (forwards ? from > newest : from.value == 0 || newest.value == 0) return {};
  from = forwards ? std::max(from, Position{1}) : std::min(from, newest);

  auto cursor = log.store->cursor(Family::log, /*scan=*/true);
  AlignedBytes block;
  Frames frames;
  Position expected = from;
  for (cursor.seek_backward(log_key(from)); cursor.valid();
       forwards ? cursor.next() : cursor.previous()) {
    auto first = block_first(cursor.key());
    if (!first) return std::unexpected(first.error());
    if (*first > newest) break;
    block.assign(cursor.value());
    if (auto ok = frames_of(block.bytes(), *first, frames); !ok) return ok;
    std::erase_if(frames, [&](const auto& frame) {
      return frame.first > newest || (forwards ? frame.first < from : frame.first > from);
    });
    if (!forwards) std::reverse(frames.begin(), frames.end());
    for (const auto& [position, frame] : frames) {
      if (position != expected) return gap(expected);
      expected = Position{forwards ? position.value + 1 : position.value - 1};
    }
    auto more = visit(block, frames);
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
  }
  if (auto ok = cursor.status(); !ok) return ok;
  if (expected != (forwards ? newest.next() : Position{0})) return gap(expected);
  return {};
}

namespace {

/// Whether a pass over the blocks from the first to the last of these is cheaper than looking up
/// each block that holds one: a look-up costs about what three blocks do that follow each other.
bool lie_together(std::span<const Position> positions) {
  constexpr std::size_t kWorthAPass = 64;
  constexpr std::uint64_t kLookUp = 3;
  if (positions.size() < kWorthAPass || !std::ranges::is_sorted(positions)) return false;
  const auto block = [](Position position) { return (position.value - 1) / kMostBlockEvents; };
  std::uint64_t blocks = 1;
  for (std::size_t i = 1; i < positions.size(); ++i)
    blocks += block(positions[i]) != block(positions[i - 1]) ? 1 : 0;
  return block(positions.back()) - block(positions.front()) < kLookUp * blocks;
}

/// The same as read_at(), of ascending positions, in one pass over the blocks.
Result<void> read_together(const OpenLog& log, std::span<const Position> positions,
                           const Visitor& visit) {
  auto next = positions.begin();
  return scan(log, positions.front(), Direction::forwards,
              [&](Position position, const Frame& frame) -> Result<bool> {
                for (; next != positions.end() && *next == position; ++next) {
                  auto event = log.describe(frame, position);
                  if (!event) return std::unexpected(event.error());
                  if (!visit(*event)) return false;
                }
                return next != positions.end();
              });
}

}  // namespace

Result<void> read_at(const OpenLog& log, std::span<const Position> positions,
                     const Visitor& visit) {
  if (lie_together(positions)) return read_together(log, positions, visit);
  LoadedBlock block;
  for (const Position position : positions) {
    SOLNOMA_CHECK(position.value >= 1 && position <= log.head());
    auto frame = block.find(*log.store, position);
    if (!frame) return std::unexpected(frame.error());
    auto event = log.describe(*frame, position);
    if (!event) return std::unexpected(event.error());
    if (!visit(*event)) return {};
  }
  return {};
}

}  // namespace solnoma
