#pragma once

#include "tools/serve/pages/shell.hpp"
#include "tools/serve/questions.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `/`: the report's page on the log as it stands, with the server's navigation above it. A script
/// of the server looks for what is recorded, shows the report anew, in the view that was chosen,
/// and adds to each event what may be done about it. The choices of `report` may stand in the
/// address.
[[nodiscard]] HttpAnswer live_report(const Shell& shell, const Viewer& viewer,
                                     Questions& questions);

}  // namespace solnoma
