#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/row.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

enum class EntryStatus { tentative, confirmed, cancelled };

/// One entry of a calendar: a VEVENT (iCalendar, RFC 5545) of whole days. UID, SEQUENCE and
/// LAST-MODIFIED tell a program that has it already what became of it.
struct CalendarEntry {
  Revision told;     ///< the event that it tells of
  Revision named;    ///< that which gives it its UID: the same for as long as it is one entry
  Bounds days;       ///< has_calendar_days
  int changes = 0;   ///< SEQUENCE: never less in a longer log
  Revision changed;  ///< the event of the last change
  EntryStatus status = EntryStatus::confirmed;
  std::vector<std::string> remarks = {};  ///< lines of its description
};

/// Whether one of the two days is known, and libical can write it: from the year 1 to 3000.
[[nodiscard]] bool has_calendar_days(Bounds bounds);

/// By index, the first version of what each row tells: corrections and retractions tell it again.
[[nodiscard]] std::vector<Revision> first_versions(Rows rows);

/// "plan: overdue".
[[nodiscard]] std::string plan_remark(const Plan& plan, Language language);

/// The text of an entry; the view has the events that it names. Pure.
[[nodiscard]] std::string calendar_entry(const SubjectView& view, const CalendarEntry& entry,
                                         Language language);

/// A calendar with what `entries` makes of each subject, for who imports it or subscribes to it: it
/// says how often to look again. `entries` is called by several threads. Errors: corrupt, io.
[[nodiscard]] Result<void> write_calendar(
    const Report& report, const std::string& name,
    const std::function<std::string(const SubjectView&)>& entries, const Sink& sink);

}  // namespace solnoma
