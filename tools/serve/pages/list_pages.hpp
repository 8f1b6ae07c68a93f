#pragma once

#include "tools/serve/pages/shell.hpp"
#include "tools/serve/questions.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `/log`: what was recorded, the newest first, when and by whom; `subject`, `before` a position,
/// `new`: what stands behind that is marked as just recorded. Errors are pages too.
[[nodiscard]] HttpAnswer log_page(const Shell& shell, const Viewer& viewer);

/// `/find?q=WORDS`: what `search` finds.
[[nodiscard]] HttpAnswer find_page(const Shell& shell, const Viewer& viewer, Questions& questions);

/// `/agenda?q=PERIOD`: plans that stand, by date. `world` gives clock and zone.
[[nodiscard]] HttpAnswer agenda_page(const Shell& shell, const Viewer& viewer,
                                     const Context& world);

}  // namespace solnoma
