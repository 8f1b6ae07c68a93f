#pragma once

#include <string>

#include "tools/command_description.hpp"

namespace solnoma {

/// What the server answers, as OpenAPI 3.1 describes it, in JSON: questions from what the commands
/// say of themselves, recording, and events.
[[nodiscard]] std::string openapi_of(const ProgramDescription& program);

}  // namespace solnoma
