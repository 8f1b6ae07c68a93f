#pragma once

#include <string>
#include <vector>

#include "events/language.hpp"
#include "tools/report/view/differences.hpp"

namespace solnoma {

/// "became known on 2025-11-12", "was corrected (not yet happened)": what a piece of news is at the
/// second vantage. What became visible was either published since, or only recorded since.
[[nodiscard]] std::string change_words(const EventChange& change, const SubjectView& view,
                                       const Vantage& from, Language language);

/// "opened: pending → overdue".
[[nodiscard]] std::string plan_change_words(const PlanChange& change, const SubjectView& view,
                                            Language language);

/// "announced → operating", "opened: pending → overdue": a line for the status that differs, and
/// for each such plan.
[[nodiscard]] std::vector<std::string> status_change_words(const DiffView& each, Language language);

/// "no difference; what is known begins on 2024-02-02": for an answer without any. Errors: corrupt,
/// io.
[[nodiscard]] Result<std::string> no_difference(const Differences& differences, Language language);

}  // namespace solnoma
