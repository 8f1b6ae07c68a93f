#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// Whether a text may have line breaks (U+000A) and tabs, as notes may.
enum class Lines { one, many };

/// Accepts text that is safe to show anywhere: well-formed UTF-8 (RFC 3629), no control
/// characters (C0, DEL, C1), no line or paragraph separators, no bidirectional embeddings,
/// overrides or isolates, no byte order mark, no tag characters (U+E0000 to U+E007F), no variation
/// selector behind another, at most `most` characters (code points). Marks that
/// only order letters (U+200E, U+200F, U+061C) and joiners (U+200C, U+200D) are letters here:
/// Persian, Arabic and Indic names need them.
/// Errors: invalid, naming the byte (from 1).
[[nodiscard]] Result<void> check_text(std::string_view text, std::size_t most,
                                      Lines lines = Lines::one);

/// How many code points a text has.
[[nodiscard]] std::size_t characters(std::string_view text);

/// The same text with everything that check_text would refuse in one line made visible, as
/// "\u{1b}" or, for bytes that are no UTF-8, "\x{ff}". For terminals and error lines.
[[nodiscard]] std::string visible(std::string_view text);

/// The same with line breaks and tabs, and the spaces beside them, as one space.
[[nodiscard]] std::string one_line(std::string_view text);

/// Lower-case letters, digits and inner hyphens: "construction-started".
[[nodiscard]] bool is_slug(std::string_view text);

/// "12", "-0.5": up to 40 characters, no exponent, no leading zeros.
[[nodiscard]] bool is_decimal(std::string_view text);

}  // namespace solnoma
