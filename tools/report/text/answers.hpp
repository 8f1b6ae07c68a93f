#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/vantage.hpp"
#include "projections/explain.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/view/board_from_index.hpp"
#include "tools/report/view/diff_view.hpp"
#include "tools/report/view/report.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The same answers for people, as plain text. Safe to show on a terminal.

/// One line for each subject that has a status.
[[nodiscard]] std::string text_board(const Vantage& vantage, const std::vector<SubjectView>& views,
                                     Language language);

/// The same without names. `since`: the events_of_since() of the board.
[[nodiscard]] std::string text_board_from_index(const Vantage& vantage,
                                                const std::vector<BoardLine>& board,
                                                const std::vector<std::optional<Event>>& since,
                                                Language language);

/// A paragraph for each subject: status, why, figures, plans.
[[nodiscard]] std::string text_status(const Vantage& vantage, const std::vector<SubjectView>& views,
                                      Language language);

[[nodiscard]] Result<void> text_timeline(const Report& report, const Sink& sink);

[[nodiscard]] std::string text_diff(const Vantage& from, const Vantage& to,
                                    const std::vector<DiffView>& views, Language language);

[[nodiscard]] std::string text_explanation(const Vantage& vantage, const SubjectView& view,
                                           const Explanation& explanation, Language language);

}  // namespace solnoma
