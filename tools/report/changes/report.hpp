#pragma once

#include "engine/result.hpp"
#include "tools/report/article/article.hpp"
#include "tools/report/view/differences.hpp"

namespace solnoma {

/// What changed between two vantages, as one reports it every month: a table each of statuses that
/// changed; plans that fell due (their last target day passed without what they are about); what
/// happened after the first vantage's day, whenever it became known; what became known of earlier
/// days; new plans; what came of plans; corrections and retractions; and, where the second vantage
/// looks from further back, what it has no more. A piece of news stands in one of them; a table
/// without any is left out. Within a table, subjects are in the order of the differences. The same
/// differences give the same article. Memory: all that is told. Errors: corrupt, damaged_index,
/// io.
[[nodiscard]] Result<Article> change_report(const Differences& differences, Language language,
                                            Style style);

}  // namespace solnoma
