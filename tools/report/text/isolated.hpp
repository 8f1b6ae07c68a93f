#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// A text of the log as it stands in a line: visible(), and between an isolate and its end (U+2068,
/// U+2069) if any of it runs from right to left, so that a name in Arabic cannot move the numbers
/// beside it. All other texts stay as they are: most terminals show isolates as nothing, but not
/// all.
[[nodiscard]] std::string isolated(std::string_view text);

/// Columns on the screen: none for marks, colours and what is not seen, two for wide characters.
[[nodiscard]] std::size_t columns(std::string_view text);

}  // namespace solnoma
