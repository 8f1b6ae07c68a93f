#pragma once

#include <vector>

#include "engine/row.hpp"

namespace solnoma {

/// The rows of a subject that can make a difference to its status, as a history of its own:
/// with fewer revisions, `supersedes` renumbered to match. Status and possible statuses of the
/// relevant rows are those of all rows, from every vantage, on all three axes. (Why: README.md,
/// "Relevant rows".) Plans and marks need all rows.
///
/// For example, of a park that opened on 2020-01-01, known that day, two rows are relevant:
///
///     1 opened     2020-01-01  relevant
///     2 visited    2020-06-01  redundant: 1 was known sooner, surely came first, raised as far
///     3 suspended  2021-03-01  relevant
///     4 visited    2021-04-01  redundant likewise: no raise below a higher stage lifts the cover
///     5 retracted  supersedes 4: redundant, since it supersedes nothing that is kept
///
/// Precondition: positions ascend, as those of a log do. Pure; n log n.
[[nodiscard]] std::vector<Row> relevant_rows(Rows rows);

/// By row: whether it is redundant (README.md), so that it changes no state in any world at any
/// vantage. The same precondition and cost.
[[nodiscard]] std::vector<bool> redundant_rows(Rows rows);

}  // namespace solnoma
