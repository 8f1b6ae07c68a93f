#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/base/ski_rental.hpp"
#include "engine/format/segment.hpp"
#include "engine/position.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// Which subjects a segment has rows of, in memory: most segments have none of most subjects. One
/// bit for each subject; made of a segment once looking into it in vain would have cost as much,
/// and not where that would be more than 8 bytes an event. Thread-safe.
class SubjectFilters {
 public:
  /// Those of `segments` that may have rows of the subject, in the same order. The cursor, over
  /// pages of rows, is moved where a filter is made; of what cannot be read none is.
  [[nodiscard]] std::vector<Segment> holding(std::span<const Segment> segments,
                                             SubjectNumber subject, Store::Cursor& cursor);

  /// Forgets all: other segments may stand in the same places.
  void clear();

 private:
  using Bits = std::vector<bool>;  // by subject
  struct Filter {
    SkiRental looks;
    bool begun = false;
    std::shared_ptr<const Bits> subjects;  // null: every subject may be there
  };
  struct HashSegment {
    std::size_t operator()(const Segment& segment) const {
      return std::hash<std::uint64_t>()(segment.first.value << 6 | segment.bits);
    }
  };

  void drop_others(std::span<const Segment> segments);

  std::mutex mutex_;  // guards what follows
  std::unordered_map<Segment, Filter, HashSegment> filters_;
  std::uint64_t age_ = 0;  // how often all was forgotten
};

}  // namespace solnoma
