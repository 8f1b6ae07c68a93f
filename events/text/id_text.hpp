#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// Accepts what can be told from every other id by looking at it: well-formed UTF-8 in NFC, at
/// most `most` bytes, without controls, without characters that print nothing (zero-width ones,
/// marks of direction, soft hyphens, fillers, variation selectors), with no space but U+0020, and
/// that not at an end.
/// Errors: invalid, naming the byte (from 1) and the code point.
[[nodiscard]] Result<void> check_id(std::string_view id, std::size_t most);

/// An id as it may be shown: what check_id() would refuse is made visible, as "\u{200b}". Logs
/// that older programs wrote may hold such ids.
[[nodiscard]] std::string visible_id(std::string_view id);

/// A text in which whatever prints nothing is made visible, where a machine would read it and a
/// person not see it: all that check_id() takes for hidden but spaces, and the joiners that some
/// scripts are written with.
[[nodiscard]] std::string unhidden(std::string_view text);

}  // namespace solnoma
