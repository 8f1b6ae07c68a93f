#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// How a text is encoded: by its byte order mark; UTF-8 where it is such; otherwise what ICU's
/// detector says of its beginning, as "windows-1251". Pure.
struct Encoding {
  std::string name;      ///< as ICU names it
  std::size_t mark = 0;  ///< bytes of the byte order mark
};
[[nodiscard]] Encoding encoding_of(std::string_view text);

/// Converted by ICU, piece by piece. Errors: those of `take`; invalid for an encoding that ICU does
/// not know, or bytes that the encoding does not have.
[[nodiscard]] Result<void> to_utf8(std::string_view text, const std::string& encoding,
                                   const std::function<Result<void>(std::string_view)>& take);

}  // namespace solnoma
