#pragma once

#include <string>
#include <vector>

#include "engine/vantage.hpp"
#include "tools/report/model.hpp"

namespace solnoma {

/// A whole report: board, then every subject with figures, plans and timeline, then the
/// sources. As Markdown, and as plain text for a terminal.
[[nodiscard]] std::string markdown_report(const Vantage& vantage,
                                          const std::vector<SubjectView>& views, Language language);
[[nodiscard]] std::string text_report(const Vantage& vantage, const std::vector<SubjectView>& views,
                                      Language language);

}  // namespace solnoma
