#pragma once

#include <functional>
#include <span>

#include "engine/aligned_bytes.hpp"
#include "engine/event.hpp"
#include "engine/format/block.hpp"
#include "engine/log/open_log.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Reading the log's blocks. What is visited lies at or before the head as it was when the
/// function was called.

/// The frames between `from` and the head, in order or against it, without gaps.
/// Needs no derived data. Views live until `visit` returns; false stops. Errors: corrupt, io.
using FrameVisitor = std::function<Result<bool>(Position, const Frame&)>;
[[nodiscard]] Result<void> scan(const OpenLog& log, Position from, Direction direction,
                                const FrameVisitor& visit);

/// The same block by block. The frames view into the block; a visitor may keep both.
using BlockVisitor = std::function<Result<bool>(AlignedBytes&, Frames&)>;
[[nodiscard]] Result<void> scan_blocks(const OpenLog& log, Position from, Direction direction,
                                       const BlockVisitor& visit);

/// The events at these positions, in the order given. Precondition: each is between 1 and the
/// head. Errors: corrupt, damaged_index, io.
[[nodiscard]] Result<void> read_at(const OpenLog& log, std::span<const Position> positions,
                                   const Visitor& visit);

}  // namespace solnoma
