#pragma once

#include <functional>
#include <vector>

#include "engine/format/frame.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/storage/damaged_files.hpp"

namespace solnoma {

/// What the files of a damaged store have of a block of its log. Frames view into it.
struct SalvagedBlock {
  Position first;
  std::vector<Frame> begin;  ///< from the first event on, without a gap
  /// Events that stand behind a gap: in their order, before those of the next block, and no more is
  /// known of their positions.
  std::vector<Frame> behind;
};

/// The blocks of which anything is intact, in the order of the log. Where two files contradict each
/// other, what stands before that is taken. Views live until `visit` returns. Errors: those of
/// `visit`.
[[nodiscard]] Result<void> each_salvaged_block(
    const DamagedFiles& files, const std::function<Result<void>(const SalvagedBlock&)>& visit);

}  // namespace solnoma
