#pragma once

#include <cstddef>
#include <string>

namespace solnoma {

/// So many bytes that nobody guesses, as hexadecimal digits.
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace solnoma
