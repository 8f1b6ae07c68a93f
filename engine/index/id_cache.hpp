#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/ski_rental.hpp"
#include "engine/format/index_entry.hpp"
#include "engine/index/id_table.hpp"
#include "engine/index/index.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// The ids of the log, for a writer: those that it recorded in memory, older ones in the
/// segments until reading them all would have been cheaper. One thread at a time.
class IdCache {
 public:
  /// `index` outlives it.
  explicit IdCache(const Index& index) : index_(index) {}

  /// Says that `count` calls of find() are to come, up to done(). Errors: damaged_index, io.
  [[nodiscard]] Result<void> expect(std::size_t count);
  void done() { segments_.reset(); }

  /// Begins to fetch what find() needs, where it is in memory.
  void prefetch(IdHash id) const { table_.prefetch(id); }
  /// Where events with such an id may be, in ascending order: look whether they have it.
  /// Precondition: expect(). Errors: damaged_index, io.
  [[nodiscard]] Result<std::vector<Position>> find(IdHash id);

  /// Takes in what was recorded.
  void add(std::span<const IndexEntry> entries);

  /// Begins anew.
  void forget();

 private:
  const Index& index_;
  bool kept_ = false;
  IdTable table_;  // the ids of all events after `from_`
  Position from_{0};
  SkiRental looks_;
  std::optional<Index::Segments> segments_;  // of the events up to `from_`
};

}  // namespace solnoma
