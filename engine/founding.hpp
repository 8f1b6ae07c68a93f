#pragma once

#include <cstdint>

namespace solnoma {

/// What a store does where it is to share a log, and no place of that is taken yet.
enum class Founding : std::uint8_t {
  never,  ///< another begins it
  first,  ///< it begins with this store's log, unless the store is part of another one
  anew,   ///< it begins with this store's log: what was there before is lost for good
};

}  // namespace solnoma
