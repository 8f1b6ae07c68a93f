#pragma once

#include <functional>

#include "engine/append/log_writer.hpp"
#include "engine/journal.hpp"
#include "engine/log.hpp"

namespace solnoma {

/// Whether a copy that is interrupted leaves a mark that it is unfinished; or nothing of it, but
/// for whole millions of events.
enum class Mark { unfinished, none };

/// See Journal::copy_from() and Journal::take().
[[nodiscard]] Result<Position> copy_events(LogWriter& to, const Log& from, Position upto,
                                           const Progress& progress, Mark mark);

/// See Journal::adopt().
[[nodiscard]] Result<Position> adopt_events(LogWriter& to, const LeafSource& source,
                                            const Progress& progress);
/// The events of `source`, which outlives this, each hashed as it comes.
[[nodiscard]] LeafSource with_leaves(const EventSource& source);

/// Adds to the batch that ends the copy.
using LastBatch = std::function<Result<void>(Store::Batch&)>;

/// Copies what a source hands out. From the first event on, and until all that and what comes last
/// is on disk, the store is marked as an unfinished copy, up to `upto`. Errors: those of both; io.
[[nodiscard]] Result<void> copy_marked(LogWriter& to, Position upto, const EventSource& source,
                                       const LastBatch& last, const Progress& progress);

}  // namespace solnoma
