#pragma once

#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"

namespace solnoma {

enum class Standing : std::uint8_t {
  unseen,      ///< not known, or not recorded, at this vantage
  superseded,  ///< visible, but an effective event corrects or retracts it
  effective,   ///< counts
};

/// What each row of a subject is at a vantage, by index (revision minus one).
struct Effective {
  std::vector<Standing> standing;
  /// The newest effective event that supersedes it; 0 where none does.
  std::vector<Revision> superseded_by;

  [[nodiscard]] bool counts(std::size_t row) const { return standing[row] == Standing::effective; }
  [[nodiscard]] bool visible(std::size_t row) const { return standing[row] != Standing::unseen; }
};

/// An event is effective if it is visible and no effective event supersedes it. The
/// superseding event is always the later one, so one pass from the newest row to the
/// oldest decides; where that one is superseded in its turn, the first counts again.
/// `as_of` plays no part. Pure; linear.
[[nodiscard]] Effective effective(Rows rows, const Vantage& vantage);

/// The indices of the effective actual events that had certainly happened as of a day, in
/// the order of the conservative world: latest day, then position. Pure; n log n.
[[nodiscard]] std::vector<std::size_t> happened(Rows rows, const Effective& effective, Day as_of);

}  // namespace solnoma
