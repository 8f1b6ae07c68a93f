#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/day.hpp"
#include "engine/position.hpp"

namespace solnoma {

/// What a room above says of an event so that it can be found in time. The engine
/// does not read payloads: `kind` is opaque to it.
struct Dating {
  Bounds bounds;          ///< when it happened, as far as is known
  Day known;              ///< when it became known
  std::uint8_t kind = 0;  ///< for folds to tell events apart

  bool operator==(const Dating&) const = default;
};

/// One event in the timeline index: all that a fold over time needs, and no more.
/// Rows of a subject stand in the order of its revisions, so a row's own revision is
/// its index plus one. 24 bytes in memory; on disk about 7 (format/row_page.hpp).
struct Row {
  Day earliest;
  Day latest;
  Day known;
  std::uint32_t supersedes = 0;  ///< revision of the event that this one supersedes; 0: none
  std::uint64_t packed = 0;      ///< position in the upper 56 bits, kind in the lower 8

  Row() = default;
  Row(const Dating& dating, Position position, Revision superseded)
      : earliest(dating.bounds.earliest),
        latest(dating.bounds.latest),
        known(dating.known),
        supersedes(superseded.value),
        packed(position.value << 8 | dating.kind) {}

  [[nodiscard]] Position position() const { return Position{packed >> 8}; }
  [[nodiscard]] std::uint8_t kind() const { return static_cast<std::uint8_t>(packed); }
  bool operator==(const Row&) const = default;
};
static_assert(sizeof(Row) == 24);

/// All rows of one subject, oldest revision first.
using Rows = std::span<const Row>;

}  // namespace solnoma
