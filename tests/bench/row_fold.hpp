#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "projections/status.hpp"

namespace solnoma::bench {

/// The status of the conservative world from a subject's rows, without reasons: one pass
/// against the order of revisions, and a sort. What SQLite's cursor is folded with, and
/// what checks the answers where the naive ones would take too long; it is itself checked
/// against those. Keeps its memory from one subject to the next.
class RowFold {
 public:
  /// The status at a vantage.
  [[nodiscard]] Status at(Rows rows, const Vantage& vantage);

  /// The status as of each of these days (ascending), from one sort.
  void over(Rows rows, std::span<const Day> as_of, Day known_by, Position at,
            std::span<Status> into);

 private:
  struct Happening {
    Day day;
    std::uint64_t packed;  ///< position, and the kind in the lower byte
  };
  void gather(Rows rows, const Vantage& vantage);

  struct Undone {
    bool withdrawn = false;
    bool replaced = false;
  };
  std::vector<Undone> undone_;  // by an event that holds
  std::vector<Happening> happenings_;
};

}  // namespace solnoma::bench
