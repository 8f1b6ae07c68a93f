#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// Base64 with padding, on one line (RFC 4648, section 4).
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// Errors: invalid, also where the last digits hold bits that no byte takes.
[[nodiscard]] Result<std::string> from_base64(std::string_view digits);

}  // namespace solnoma
