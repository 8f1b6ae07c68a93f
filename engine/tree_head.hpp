#pragma once

#include <string>
#include <string_view>

#include "engine/hash.hpp"
#include "engine/position.hpp"

namespace solnoma {

/// What commits to a log up to a position: the root of the Merkle tree over its events
/// (RFC 9162; proof/record.hpp). Whoever has written one down can tell later whether anything
/// before it was changed.
struct TreeHead {
  Position position;
  Hash root;

  bool operator==(const TreeHead&) const = default;
};

/// "HASH@POSITION": 64 hexadecimal digits, "@", a number.
[[nodiscard]] std::string to_string(const TreeHead& head);
/// Errors: invalid.
[[nodiscard]] Result<TreeHead> tree_head_from(std::string_view text);

}  // namespace solnoma
