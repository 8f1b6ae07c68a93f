#pragma once

#include <span>
#include <string>

#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The parts of the page that hold answers, as they are at the vantage: HTML that needs no
/// script. All texts are escaped.

/// The rows of the board: of every subject that has a status, with a column for each measure.
[[nodiscard]] std::string html_board_rows(std::span<const SubjectView> views,
                                          std::span<const std::string> measures, Language language);

/// One subject: what it is, its numbers and plans, and its events with their sources.
[[nodiscard]] std::string html_subject(const SubjectView& view, Language language);

/// Each source once, in the order of publisher and date.
[[nodiscard]] std::string html_sources(std::span<const SubjectView> views, Language language);

}  // namespace solnoma
