#pragma once

#include "engine/append/log_writer.hpp"
#include "engine/log.hpp"

namespace solnoma {

/// Whether a copy that is interrupted leaves a mark that it is unfinished; or nothing of it, but
/// for whole millions of events.
enum class Mark { unfinished, none };

/// See Journal::copy_from() and Journal::take().
[[nodiscard]] Result<Position> copy_events(LogWriter& to, const Log& from, Position upto,
                                           const Progress& progress, Mark mark);

}  // namespace solnoma
