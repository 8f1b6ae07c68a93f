#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// Text for the content and the attributes of HTML: no markup, no control or layout characters
/// that it came with (these are shown as "\u{202e}").
[[nodiscard]] std::string html_escape(std::string_view text);

/// The same, isolated from the direction of writing around it.
[[nodiscard]] std::string html_data(std::string_view text);

/// The address if it is one of the web (http, https), escaped; else empty: nothing else is linked.
[[nodiscard]] std::string web_address(std::string_view url);

}  // namespace solnoma
