#pragma once

#include <string>
#include <vector>

#include "tools/import/recorder.hpp"

namespace solnoma {

/// What an import came to, in lines, and what whoever imports should look at.
[[nodiscard]] std::vector<std::string> lines_of(const ImportSummary& summary);

/// What an import would come to: all that a check found.
[[nodiscard]] std::vector<std::string> lines_of_check(const ImportSummary& summary);

/// What undoing an import came to, or would.
[[nodiscard]] std::vector<std::string> lines_of_undo(const ImportSummary& summary,
                                                     const std::string& id);

}  // namespace solnoma
