#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "tools/import/table/toml.hpp"

namespace solnoma {

/// Reads TOML. Errors: invalid, in FILE:LINE.
[[nodiscard]] Result<toml::table> toml_from_text(const std::string& text, const std::string& file);

/// A text as TOML has it in quotes. Bytes that are no UTF-8 become the sign for such.
[[nodiscard]] std::string toml_quoted(std::string_view text);

}  // namespace solnoma
