#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The dated marks as a calendar (iCalendar, RFC 5545): one VEVENT each, of whole days from
/// the earliest to the latest on which it can have happened. Of a mark that is open at one
/// end, the one day that is known. Plans and what only possibly happened are TENTATIVE.
/// An end that lies before the year 1 or after 3000 counts as open; what has no other end, and a
/// plan without a date, is no entry. The UID stays that of the event in every report.
[[nodiscard]] Result<void> ics_timeline(const Report& report, const Sink& sink);

}  // namespace solnoma
