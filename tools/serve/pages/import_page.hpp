#pragma once

#include "tools/serve/importing.hpp"
#include "tools/serve/pages/shell.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {

/// `/import`: a file is sent to be checked, what the check says is looked at, and then it is sent
/// to be recorded. A script sends it to the API instead, and the page stays. Errors are pages too.
[[nodiscard]] HttpAnswer import_page(const Shell& shell, const Viewer& viewer,
                                     Importing& importing);

}  // namespace solnoma
