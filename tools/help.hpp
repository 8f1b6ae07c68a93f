#pragma once

#include <cstddef>
#include <string>

#include "tools/command_description.hpp"

namespace solnoma {

/// What `--help` says, in lines of `width` columns at most where words allow it; what a footer says
/// stays in its own lines.
[[nodiscard]] std::string help_of(const ProgramDescription& program, std::size_t width);
[[nodiscard]] std::string help_of(const CommandDescription& command, std::size_t width);

}  // namespace solnoma
