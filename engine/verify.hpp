#pragma once

#include <span>

#include "engine/event.hpp"
#include "engine/log.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// Walks the whole log: positions and revisions without gaps, every event readable, and
/// every derived entry what a rebuild would give, with none missing and none too many, found
/// where a question looks for it; no event recorded twice.
/// Gives the head of the log. `witnessed` are heads that somebody wrote down: the log must
/// extend each of them. One pass; memory grows with the names of subjects, not with the
/// events. Nothing may be appended through `log`'s own journal meanwhile.
/// Errors: corrupt, naming the position; damaged_index, which a rebuild mends; conflict when
/// the log does not extend a witnessed head; io.
[[nodiscard]] Result<TreeHead> verify_log(const Log& log, const Progress& progress = {},
                                          std::span<const TreeHead> witnessed = {});

}  // namespace solnoma
