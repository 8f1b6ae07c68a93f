#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The dated marks as a calendar (iCalendar, RFC 5545): one VEVENT each, of whole days from
/// the earliest to the latest on which it can have happened. Of a mark that is open at one
/// end, the one day that is known. Plans and what only possibly happened are TENTATIVE.
/// An end that lies before the year 1 or after 3000 counts as open; what has no other end, and a
/// plan without a date, is no entry; one open end is told in the summary ("by 12 November 2025").
/// The UID is that of the first version of a fact, SEQUENCE counts what changed it since, and what
/// was retracted, or has no date any more, is CANCELLED: who imported it before hears of that.
[[nodiscard]] Result<void> ics_timeline(const Report& report, const Sink& sink);

}  // namespace solnoma
