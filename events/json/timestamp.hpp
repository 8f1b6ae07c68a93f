#pragma once

#include <string_view>

namespace solnoma {

/// Whether a text is an instant as RFC 3339 writes them: "2018-04-05T17:31:00.5+05:00". Any number
/// of digits may follow the second; 60 seconds are taken at any time.
[[nodiscard]] bool is_timestamp(std::string_view text);

}  // namespace solnoma
