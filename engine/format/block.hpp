#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "engine/format/frame.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// A block holds the frames of events that follow each other, end to end; its key is the
/// position of the first.

/// The frames of a block, or some of them. Views into it.
using Frames = std::vector<std::pair<Position, Frame>>;

/// The position of the first event, from the key. Errors: corrupt.
[[nodiscard]] Result<Position> block_first(std::string_view key);

/// All frames of a block into `frames`, whose memory is used again. Errors: corrupt, naming
/// the position.
[[nodiscard]] Result<void> frames_of(std::string_view block, Position first, Frames& frames);

/// The log does not hold what it must. Errors: corrupt.
[[nodiscard]] std::unexpected<Error> gap(Position position);
[[nodiscard]] std::unexpected<Error> never_introduced(Position position);

}  // namespace solnoma
