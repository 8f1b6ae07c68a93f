#pragma once

#include "tools/serve/pages/preview.hpp"
#include "tools/serve/pages/shell.hpp"
#include "tools/serve/recording_commands.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `/proposals`: what waits, who handed it in, and to `/proposals/NUMBER` what it would change; a
/// steward records or declines it there. Whoever may only propose sees their own.
[[nodiscard]] HttpAnswer proposals_page(const Shell& shell, const Viewer& viewer,
                                        RecordingCommands& commands, Preview& preview);

}  // namespace solnoma
