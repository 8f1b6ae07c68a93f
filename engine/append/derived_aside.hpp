#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "engine/format/index_entry.hpp"
#include "engine/hash.hpp"
#include "engine/result.hpp"
#include "engine/storage/scratch.hpp"

namespace solnoma {

/// What derives from the events of a large batch, 72 bytes each, set aside on the disk until that
/// is written: in memory it would be more than all else. One thread at a time. Errors of all: io.
class DerivedAside {
 public:
  explicit DerivedAside(Disk disk, const std::string& path) : scratch_(std::move(disk), path) {}

  /// Precondition: one leaf for each entry.
  [[nodiscard]] Result<void> add(std::span<const IndexEntry> entries, std::span<const Hash> leaves);
  [[nodiscard]] bool empty() const { return stretches_.empty(); }

  /// Hands out what was added, stretch by stretch, and holds nothing then. Errors: also those of
  /// `visit`.
  using Visit =
      std::function<Result<void>(std::span<const IndexEntry> entries, std::span<const Hash>)>;
  [[nodiscard]] Result<void> take(const Visit& visit);

 private:
  Scratch scratch_;
  std::vector<std::size_t> stretches_;  // how many events each has
};

}  // namespace solnoma
