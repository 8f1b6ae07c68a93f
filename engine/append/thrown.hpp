#pragma once

#include <exception>
#include <new>

#include "engine/result.hpp"

namespace solnoma {

/// Takes no memory itself.
[[nodiscard]] inline Error out_of_memory(Errc code) {
  return {code, "out of memory", {}, "try it again"};
}

/// The error that an exception is: of the standard library, or of what was handed in.
[[nodiscard]] inline Error error_of(const std::exception& thrown, Errc code) {
  if (dynamic_cast<const std::bad_alloc*>(&thrown) != nullptr) return out_of_memory(code);
  return {code, thrown.what(), {}, {}};
}

}  // namespace solnoma
