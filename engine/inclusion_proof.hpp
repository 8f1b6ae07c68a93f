#pragma once

#include <string>
#include <vector>

#include "engine/event.hpp"
#include "engine/hash.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// Shows, without the store, that an event is in the log that a head commits to. As small as
/// the event and about log2(n) hashes. Log::prove() makes one.
struct InclusionProof {
  std::string record;      ///< the event, all that binds it; holds its position
  std::vector<Hash> path;  ///< the hashes beside its way to the root, from the leaf up
  TreeHead head;
};

/// The event, if the proof is right: views into it. That the head is the log's own is for
/// the caller to know. Pure. Errors: invalid when the bytes are no record, when the path
/// does not fit the position, or when it leads to another head.
[[nodiscard]] Result<RecordedEvent> check(const InclusionProof& proof);

}  // namespace solnoma
