#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/clock.hpp"
#include "engine/position.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// The attempts to deliver one message, all of which failed.
struct FailedAttempts {
  std::string message;  ///< its id; empty: there was none yet
  std::uint64_t count = 0;
  Instant first{}, next{};  ///< when it was tried first, and is to be tried again
  std::string answer = {};  ///< the last one

  bool operator==(const FailedAttempts&) const = default;
};

/// How far a webhook's receiver has acknowledged, or was passed over.
struct Checkpoint {
  Position position;
  Day day;        ///< of changes: and what the days up to this one have brought
  TreeHead head;  ///< of this log, at `position` or before it
  FailedAttempts pending = {};
  std::string disabled = {};  ///< why nothing is delivered any more; empty: it is

  bool operator==(const Checkpoint&) const = default;
};

/// JSON, on one line without its end.
[[nodiscard]] std::string to_json(const Checkpoint& checkpoint);
/// Errors: invalid, naming the member.
[[nodiscard]] Result<Checkpoint> checkpoint_from_json(std::string_view text);

}  // namespace solnoma
