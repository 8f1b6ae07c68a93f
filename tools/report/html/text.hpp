#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// Escaped text (markup.hpp), isolated from the direction of writing around it.
[[nodiscard]] std::string html_data(std::string_view text);

/// The address if it is one of the web (http, https), escaped; else empty: nothing else is linked.
[[nodiscard]] std::string web_address(std::string_view url);

}  // namespace solnoma
