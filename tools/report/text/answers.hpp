#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/vantage.hpp"
#include "projections/explain.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/text/screen.hpp"
#include "tools/report/view/board_from_index.hpp"
#include "tools/report/view/differences.hpp"
#include "tools/report/view/report.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The same answers for people, as text: plain, unless `screen` takes colours and has a width
/// (text/screen.hpp). Safe to show on a terminal. Errors of those that
/// read the log: corrupt, io.

/// One line for each subject that has a status.
[[nodiscard]] Result<void> text_board(const Report& report, const Sink& sink,
                                      const Screen& screen = {});

/// The same without names. `since`: the events_of_since() of the board.
[[nodiscard]] std::string text_board_from_index(const Vantage& vantage,
                                                const std::vector<BoardLine>& board,
                                                const std::vector<std::optional<Event>>& since,
                                                Language language, const Screen& screen = {});

/// A paragraph for each subject: status, why, figures, plans.
[[nodiscard]] Result<void> text_status(const Report& report, const Sink& sink,
                                       const Screen& screen = {});

[[nodiscard]] Result<void> text_timeline(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> text_timeline_on(const Screen& screen, const Report& report,
                                            const Sink& sink);

/// A paragraph for each subject in which anything differs.
[[nodiscard]] Result<void> text_diff(const Differences& differences, Language language,
                                     const Sink& sink, const Screen& screen = {});

[[nodiscard]] std::string text_explanation(const Vantage& vantage, const SubjectView& view,
                                           const Explanation& explanation, Language language,
                                           const Screen& screen = {});

}  // namespace solnoma
