#pragma once

#include <functional>
#include <vector>

#include "engine/index_entry.hpp"
#include "engine/log_impl.hpp"
#include "engine/merkle.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// What derives from a stretch of the log.
struct Derived {
  Position last;
  std::vector<IndexEntry> entries;
  std::vector<Hash> leaves;
  Store::Batch names;  ///< entries of the names family
};

/// Derives everything from the whole log, in two threads, and hands it to `take` stretch by
/// stretch, in order. Needs nothing that is derived. Memory: a few MB, of
/// events of 1 MiB some 70. Errors: of the log and of
/// its indexer, naming the position; what `take` says.
[[nodiscard]] Result<void> derive(const Log::Impl& log,
                                  const std::function<Result<void>(Derived&)>& take);

}  // namespace solnoma
