#pragma once

#include <span>

namespace solnoma {

/// The compiled catalogues (gettext's .mo); made from messages/*.po when the program is built.
[[nodiscard]] std::span<const char> russian_catalogue();
[[nodiscard]] std::span<const char> uzbek_catalogue();

}  // namespace solnoma
