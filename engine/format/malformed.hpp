#pragma once

#include "engine/result.hpp"

namespace solnoma {

/// An entry of a derived family is not as it was written.
[[nodiscard]] inline std::unexpected<Error> malformed_entry() {
  return fail(Errc::damaged_index, "the derived index holds a malformed entry",
              Advice::derive_again);
}

}  // namespace solnoma
