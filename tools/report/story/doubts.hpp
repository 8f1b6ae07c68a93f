#pragma once

#include <vector>

#include "projections/explain.hpp"
#include "tools/report/article/article.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// What is not known of a subject, sentence by sentence: whether its status is another one, the
/// days between which something happened, dates in which sources differ, plans without a date, what
/// its description leaves out, and that there is no news of it. `explanation`: explain() at the
/// vantage of `view`. Pure; n log n.
[[nodiscard]] std::vector<Sentence> doubts(const SubjectView& view, const Explanation& explanation,
                                           Language language, Style style);

}  // namespace solnoma
