#pragma once

#include "engine/tree_head.hpp"
#include "engine/vantage.hpp"
#include "tools/report/article/article.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The story of one subject as it is known at a vantage, to be read from top to bottom: what it is;
/// what happened, in order; what was planned and what came of it; its numbers over time; what was
/// corrected; what is not known (days between which something happened, dates in which sources
/// differ, what nobody recorded); and a sentence and a link to quote it by. Each sentence comes
/// with its sources. `view`: all of its events (Shown::all). Pure; n log n.
[[nodiscard]] Article story(const SubjectView& view, const Vantage& vantage, const TreeHead& head,
                            Language language, Style style);

}  // namespace solnoma
