#pragma once

#include <string>
#include <vector>

#include "tools/report/text/screen.hpp"
#include "tools/report/view/subject_view.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {

/// The lines and rows that boards and timelines share between formats.

/// When the event that brought a status of the subject happened: "2022-03"; empty: nothing did.
[[nodiscard]] std::string since(const SubjectView& view, const StatusAt& status, Language language,
                                Style style);
/// The same of a subject whose events were not all read: `event` is that of event_of_since(), or
/// null where there is none.
[[nodiscard]] std::string since(const StatusAt& status, const Event* event, Language language,
                                Style style);

/// The rows that boards and timelines share with other formats; the first of a timeline's is its
/// head. A board has the subjects that have a status.
[[nodiscard]] std::vector<std::string> board_head(Language language);
[[nodiscard]] std::vector<std::string> board_row(const SubjectView& view, Language language,
                                                 Style style, const Screen& screen = {});
[[nodiscard]] std::vector<std::vector<std::string>> timeline_rows(const SubjectView& view,
                                                                  Language language, Style style,
                                                                  const Screen& screen = {});
/// "residents: more than 10 companies", "opened (no date): pending".
[[nodiscard]] std::vector<std::string> figure_lines(const SubjectView& view, Language language,
                                                    Style style);
[[nodiscard]] std::vector<std::string> plan_lines(const SubjectView& view, Language language,
                                                  Style style);
/// How a plan stands: painted where it is overdue.
[[nodiscard]] std::string plan_state(std::string text, const Plan& plan, const Screen& screen);

}  // namespace solnoma
