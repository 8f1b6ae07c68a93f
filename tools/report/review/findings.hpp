#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/vantage.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// What in a chronicle wants care.
enum class Care : std::uint8_t {
  silent,          ///< an inference: no news for two years, of what has not ended
  undated_plan,    ///< it stands, and has no target date
  overdue_plan,    ///< its last target day passed more than kLongOverdue days ago
  no_source,       ///< an event that names none
  sources_differ,  ///< what happens once is told with dates that exclude each other
  told_twice,      ///< one source says the same twice, as if it were two events
  namesake,        ///< another subject of the kind has the same name
  not_described,   ///< it has no name
};
inline constexpr std::size_t kCares = 8;
/// "overdue-plan": the name in JSON and CSV.
[[nodiscard]] std::string_view name(Care care);

inline constexpr std::int64_t kLongOverdue = 180;

struct Finding {
  Care care;
  std::vector<Revision> events = {};  ///< that it is about
  Day since = kOpenPast;  ///< silent: the newest news; overdue: the last target day; else open
};

/// What wants care in one subject, by Care, as seen from the vantage of `view`; all but namesakes,
/// which one subject does not show. Precondition: all its events are in the view. Pure; quadratic
/// in the events of one type.
[[nodiscard]] std::vector<Finding> findings(const SubjectView& view, const Vantage& vantage);

}  // namespace solnoma
