#include "projections/effective.hpp"

#include <algorithm>
#include <tuple>

#include "engine/base/check.hpp"
#include "events/event_type.hpp"
#include "projections/rows.hpp"

namespace solnoma {

Effective effective(Rows rows, const Vantage& vantage) {
  Effective result{std::vector(rows.size(), Standing::unseen),
                   std::vector(rows.size(), Revision{0})};
  for (std::size_t i = rows.size(); i-- > 0;) {
    const Row& row = rows[i];
    if (!is_visible(row.known, row.position(), vantage)) continue;
    const bool superseded = result.superseded_by[i].value != 0;
    result.standing[i] = superseded ? Standing::superseded : Standing::effective;
    if (superseded || row.supersedes == 0) continue;
    SOLNOMA_CHECK(row.supersedes <= i);
    auto& by = result.superseded_by[row.supersedes - 1];
    if (by.value == 0) by = revision_of(i);
  }
  return result;
}

std::vector<std::size_t> happened(Rows rows, const Effective& effective, Day as_of) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (effective.counts(i) && !is_planned(rows[i].kind()) && rows[i].latest <= as_of)
      indices.push_back(i);
  std::ranges::sort(indices, {},
                    [&](std::size_t i) { return std::tuple(rows[i].latest, rows[i].position()); });
  return indices;
}

}  // namespace solnoma
