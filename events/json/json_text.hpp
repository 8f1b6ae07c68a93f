#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// The same JSON text with every \uXXXX escape written as UTF-8. Needed before Cap'n
/// Proto's reader, which in 0.9 decodes these escapes wrongly (hex letters, surrogate
/// pairs) and takes a zero byte for the end. Errors: invalid (malformed escape, half a
/// surrogate pair, zero byte, control character U+0000 to U+001F but for a tab and the ends of
/// lines).
[[nodiscard]] Result<std::string> resolve_unicode_escapes(std::string_view json);

}  // namespace solnoma
