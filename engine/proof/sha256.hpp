#pragma once

#include <initializer_list>
#include <string_view>

#include "engine/hash.hpp"

namespace solnoma {

/// Of the parts one after the other. Thread-safe.
[[nodiscard]] Hash sha256(std::initializer_list<std::string_view> parts);

}  // namespace solnoma
