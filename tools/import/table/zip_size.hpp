#pragma once

#include <cstdint>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// How much a ZIP archive says it unpacks to, by its directory (minizip reads it). Errors: invalid,
/// when it is broken or encrypted.
[[nodiscard]] Result<std::uint64_t> unpacked_size(std::string_view archive);

}  // namespace solnoma
