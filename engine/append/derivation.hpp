#pragma once

#include <functional>
#include <vector>

#include "engine/format/index_entry.hpp"
#include "engine/log/open_log.hpp"
#include "engine/proof/merkle.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// What derives from a stretch of the log.
struct Derived {
  Position last;
  std::vector<IndexEntry> entries;
  std::vector<Hash> leaves;
  Store::Batch names;  ///< entries of the names family
};

/// Derives everything from the whole log, in two threads, and hands it to `take` stretch by
/// stretch, in order. Needs nothing that is derived. Memory: a few MB; some 70 for events of
/// 1 MiB. Errors: those of the log and of its indexer, naming the position; those of `take`.
[[nodiscard]] Result<void> derive(const OpenLog& log,
                                  const std::function<Result<void>(Derived&)>& take);

}  // namespace solnoma
