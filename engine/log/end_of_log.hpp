#pragma once

#include <string>

#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// The newest position of the log: counts the events of its last block. Errors: corrupt, io.
[[nodiscard]] Result<Position> find_head(const Store& store);

/// The same of a store in `directory` whose log reaches as far as it is known to have reached.
/// Errors: also corrupt where it does not.
[[nodiscard]] Result<Position> find_whole_head(const Store& store, const std::string& directory);

}  // namespace solnoma
