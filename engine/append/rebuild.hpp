#pragma once

#include "engine/append/background.hpp"
#include "engine/event.hpp"
#include "engine/log/open_log.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Whether a rebuild was begun and not finished. Errors: damaged_index, io.
[[nodiscard]] Result<bool> rebuild_is_under_way(const OpenLog& log);

/// Takes away everything that derives from the log (log/derived.hpp) and derives it again. A flag
/// is set first and taken away last: interrupted, it is known to be half done. Nobody else may
/// use the index, the tree or the names meanwhile. Errors: corrupt, io.
[[nodiscard]] Result<void> derive_all(OpenLog& log, BackgroundWriter& background,
                                      const Progress& progress = {});

}  // namespace solnoma
