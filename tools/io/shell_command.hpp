#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/outcome.hpp"

namespace solnoma {

/// Runs `command` by sh, with `input` on its standard input and these variables beside those of the
/// environment, and waits for it. It need not read the input. Errors: invalid where it did not end
/// with 0; io where it could not be begun.
[[nodiscard]] Outcome run_shell(
    const std::string& command, std::string_view input,
    const std::vector<std::pair<std::string_view, std::string>>& variables);

}  // namespace solnoma
