#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// Text for the content and the attributes of HTML and XML: no markup, no control or layout
/// characters that it came with (these are shown as "\u{202e}"), and nothing that XML cannot hold.
[[nodiscard]] std::string markup_escape(std::string_view text);

}  // namespace solnoma
