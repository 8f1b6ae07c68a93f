#include "projections/effective.hpp"

#include <algorithm>
#include <tuple>

#include "engine/base/check.hpp"
#include "projections/rows.hpp"

namespace solnoma {

Effective effective(Rows rows, const Vantage& vantage) {
  Effective result{std::vector(rows.size(), Standing::unseen),
                   std::vector(rows.size(), Revision{0})};
  const auto corrects = [&](Revision by) {
    return by.value != 0 && !is_retraction(rows[index_of(by)]);
  };
  const auto replace = [&](Revision& target_by, Revision by) {
    target_by = corrects(target_by) ? std::max(target_by, by) : by;
  };
  for (std::size_t i = rows.size(); i-- > 0;) {
    const Row& row = rows[i];
    const Revision by = result.superseded_by[i];
    if (is_visible(row.known, row.position(), vantage))
      result.standing[i] = by.value != 0        ? Standing::superseded
                           : is_retraction(row) ? Standing::retraction
                                                : Standing::effective;
    if (row.supersedes == 0) continue;
    SOLNOMA_CHECK(row.supersedes <= i);
    Revision& target_by = result.superseded_by[row.supersedes - 1];
    if (corrects(by))
      replace(target_by, by);  // all before it in the chain, whether this row holds or not
    else if (result.counts(i))
      replace(target_by, revision_of(i));
    else if (result.stands(i) && target_by.value == 0)
      target_by = revision_of(i);
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
