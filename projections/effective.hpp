#pragma once

#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"

namespace solnoma {

enum class Standing : std::uint8_t {
  unseen,      ///< not known, or not recorded, at this vantage
  superseded,  ///< visible, but an event that holds replaces or withdraws it
  retraction,  ///< visible and not superseded, but it only withdraws another
  effective,   ///< counts
};

/// What each row of a subject is at a vantage, by index (revision minus one).
struct Effective {
  std::vector<Standing> standing;
  /// The newest correction that holds and replaces it; where there is none, the newest retraction
  /// that holds and withdraws it; where there is none either, 0.
  std::vector<Revision> superseded_by;

  [[nodiscard]] bool counts(std::size_t row) const { return standing[row] == Standing::effective; }
  [[nodiscard]] bool visible(std::size_t row) const { return standing[row] != Standing::unseen; }
  /// Whether it counts or, of a retraction, takes something out of account.
  [[nodiscard]] bool stands(std::size_t row) const {
    return standing[row] == Standing::effective || standing[row] == Standing::retraction;
  }
};

/// A correction replaces the event that it supersedes and all before that in its chain: what this
/// one supersedes, and so on, whether these are visible or not. A retraction withdraws the one
/// event that it supersedes. (README.md, "The rules".) An event *holds* if it is visible, no
/// retraction that holds withdraws it and, of a retraction, no correction that holds replaces it.
/// It is *effective* if it holds, is no retraction, and nothing that holds replaces it.
///
/// For example, 1 opened, 2 announced corrects 1, 3 agreement-signed corrects 2: 3 is effective.
/// Where 4 retracts 3, it is 2; where 5 corrects 4, it is 5 alone.
///
/// What supersedes is always the later row, so one pass from the newest to the oldest decides.
/// `as_of` plays no part. Pure; linear.
[[nodiscard]] Effective effective(Rows rows, const Vantage& vantage);

/// The indices of the effective actual events that had certainly happened as of a day, in
/// the order of the conservative world: latest day, then position. Pure; n log n.
[[nodiscard]] std::vector<std::size_t> happened(Rows rows, const Effective& effective, Day as_of);

}  // namespace solnoma
