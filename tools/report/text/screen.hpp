#pragma once

#include <cstddef>

namespace solnoma {

/// What a text is shown on. By default nothing is known of it: there are no colours, and lines are
/// as long as what they say.
struct Screen {
  bool colour = false;
  std::size_t width = 0;  ///< in columns; 0: lines end where they end
};

}  // namespace solnoma
