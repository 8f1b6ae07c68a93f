#pragma once

#include "engine/append/log_writer.hpp"
#include "engine/log.hpp"

namespace solnoma {

/// See Journal::copy_from().
[[nodiscard]] Result<Position> copy_events(LogWriter& to, const Log& from, Position upto,
                                           const Progress& progress);

}  // namespace solnoma
