#pragma once

#include <string>

#include "engine/result.hpp"
#include "tools/import/table/toml.hpp"

namespace solnoma {

/// Reads TOML. Errors: invalid, in FILE:LINE.
[[nodiscard]] Result<toml::table> toml_from_text(const std::string& text, const std::string& file);

}  // namespace solnoma
