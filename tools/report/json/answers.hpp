#pragma once

#include <vector>

#include "engine/vantage.hpp"
#include "events/json.hpp"
#include "projections/diff.hpp"
#include "projections/explain.hpp"
#include "tools/io/output.hpp"
#include "tools/report/view/report.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The JSON of the commands: a contract, described in README.md. Dates are days
/// ("2025-11-12"), null where open or unknown; values are decimals as text.

[[nodiscard]] Json json_vantage(const Vantage& vantage);
[[nodiscard]] Json json_status(const Vantage& vantage, const std::vector<SubjectView>& views);
[[nodiscard]] Outcome json_timeline(const Report& report, const Sink& sink);
[[nodiscard]] Json json_explanation(const Vantage& vantage, const SubjectView& view,
                                    const Explanation& explanation);

struct DiffView {
  SubjectView view;  ///< as seen from the second vantage
  SubjectDiff diff;
};
[[nodiscard]] Json json_diff(const Vantage& from, const Vantage& to,
                             const std::vector<DiffView>& views);

[[nodiscard]] Json json_day(Day day);

}  // namespace solnoma
