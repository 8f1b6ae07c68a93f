#pragma once

#include <string>
#include <vector>

#include "engine/vantage.hpp"
#include "tools/io/output.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/view/report.hpp"
#include "tools/report/view/subject_view.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {

/// The same answers for people, as plain text. Safe to show on a terminal.

/// One line for each subject that has a status.
[[nodiscard]] std::string text_board(const Vantage& vantage, const std::vector<SubjectView>& views,
                                     Language language);

/// A paragraph for each subject: status, why, figures, plans.
[[nodiscard]] std::string text_status(const Vantage& vantage, const std::vector<SubjectView>& views,
                                      Language language);

[[nodiscard]] Outcome text_timeline(const Report& report, const Sink& sink);

[[nodiscard]] std::string text_diff(const Vantage& from, const Vantage& to,
                                    const std::vector<DiffView>& views, Language language);

[[nodiscard]] std::string text_explanation(const Vantage& vantage, const SubjectView& view,
                                           const Explanation& explanation, Language language);

/// When the event that brought a status of the subject happened: "2022-03"; empty: nothing did.
[[nodiscard]] std::string since(const SubjectView& view, const StatusAt& status, Language language,
                                Style style);

/// The rows that boards and timelines share with other formats; the first of a timeline's is its
/// head. A board has the subjects that have a status.
[[nodiscard]] std::vector<std::string> board_head(Language language);
[[nodiscard]] std::vector<std::string> board_row(const SubjectView& view, Language language,
                                                 Style style);
[[nodiscard]] std::vector<std::vector<std::string>> timeline_rows(const SubjectView& view,
                                                                  Language language, Style style);
/// "residents: more than 10 companies", "plan opened (no date): pending".
[[nodiscard]] std::vector<std::string> figure_lines(const SubjectView& view, Language language,
                                                    Style style);
[[nodiscard]] std::vector<std::string> plan_lines(const SubjectView& view, Language language,
                                                  Style style);

}  // namespace solnoma
