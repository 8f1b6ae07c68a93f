#pragma once

#include <array>
#include <cstdint>

namespace solnoma {

/// Of a log that machines share, or of a journal that writes to it: drawn at random, so that no
/// two are the same.
using SharedId = std::array<std::uint8_t, 16>;

}  // namespace solnoma
