#pragma once

#include <string>

#include "tools/command_description.hpp"

namespace solnoma {

/// A page of the manual in mdoc, section 1: of the program, which lists its commands, and of one of
/// them.
[[nodiscard]] std::string manual_page(const ProgramDescription& program);
[[nodiscard]] std::string manual_page(const ProgramDescription& program,
                                      const CommandDescription& command);

}  // namespace solnoma
