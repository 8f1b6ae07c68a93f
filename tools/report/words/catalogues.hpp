#pragma once

#include <span>
#include <string_view>

namespace solnoma {

/// The compiled catalogue of a language (gettext's .mo), by its code; made from *.po when the
/// library is built. Empty: there is none.
[[nodiscard]] std::span<const char> compiled_catalogue(std::string_view language);

}  // namespace solnoma
