#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// `text` deflated (zlib's format, RFC 1950) and in base64: what a browser inflates by itself.
/// The same text gives the same bytes.
[[nodiscard]] std::string packed(std::string_view text);

}  // namespace solnoma
