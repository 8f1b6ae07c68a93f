#include "tools/report/files/ics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "events/event_type.hpp"
#include "tools/report/files/calendar.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// The versions of one fact, from the first to its last correction or retraction: to a calendar
/// they are one entry, which changes.
struct Versions {
  int changes = 0;   ///< that are visible
  Revision changed;  ///< the newest visible one
  Revision told;     ///< the newest visible one that tells it and can be entered
  Revision stands;   ///< the first one that counts and can be entered
  bool entered() const { return stands.value != 0; }
};

Bounds bounds_of(const Row& row) {
  return {row.earliest, row.latest};
}

/// By the revision of the first version.
std::map<Revision, Versions> versions_of(const SubjectView& view,
                                         const std::vector<Revision>& first) {
  std::map<Revision, Versions> all;
  for (std::uint32_t i = 0; i < view.rows.size(); ++i) {
    if (!view.effective.visible(i)) continue;
    const Revision revision{i + 1};
    Versions& versions = all[first[i]];
    versions.changes += first[i] != revision;
    versions.changed = revision;
    const TypeCode type = type_of_kind(view.rows[i].kind());
    if (type == kRetracted || type == kDescribed || !has_calendar_days(bounds_of(view.rows[i])))
      continue;
    versions.told = revision;
    if (view.effective.counts(i) && !versions.entered()) versions.stands = revision;
  }
  return all;
}

std::string entry(const SubjectView& view, const TimelineMark& mark, Revision named,
                  const Versions& versions, EntryStatus status, Language language) {
  CalendarEntry entry{.told = mark.revision,
                      .named = named,
                      .days = mark.bounds,
                      .changes = versions.changes,
                      .changed = versions.changed,
                      .status = status};
  const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
  if (plan != view.plans.end()) entry.remarks.push_back(plan_remark(*plan, language));
  if (mark.happened == Happened::possibly)
    entry.remarks.emplace_back(translate(language, "possibly"));
  return calendar_entry(view, entry, language);
}

/// The marks, and what was one and is none any more: whoever has it in a calendar must hear of
/// that.
std::string entries(const SubjectView& view, const Report& report) {
  const std::vector<Revision> first = first_versions(view.rows);
  const std::map<Revision, Versions> all = versions_of(view, first);
  std::string text;
  for (const TimelineMark& mark : view.marks) {
    const Revision root = first[mark.revision.value - 1];
    const Versions& versions = all.at(root);
    // Of an old log two versions may count: then each of them is an entry.
    const bool other = versions.entered() && versions.stands != mark.revision;
    text += entry(
        view, mark, other ? mark.revision : root, versions,
        mark.happened == Happened::certainly ? EntryStatus::confirmed : EntryStatus::tentative,
        report.language());
  }
  for (const auto& [root, versions] : all) {
    if (versions.entered() || versions.told.value == 0) continue;
    const Row& row = view.rows[versions.told.value - 1];
    const bool planned = is_planned(row.kind());
    const TypeCode type = type_of_kind(row.kind());
    if ((planned ? row.known : row.earliest) > report.vantage().as_of ||
        !report.selection().takes(event_type(type).name, bounds_of(row)))
      continue;
    const TimelineMark gone{versions.told, type, bounds_of(row), row.known,
                            planned ? Happened::planned : Happened::certainly};
    text += entry(view, gone, root, versions, EntryStatus::cancelled, report.language());
  }
  return text;
}

}  // namespace

Result<void> ics_timeline(const Report& report, const Sink& sink) {
  return write_calendar(
      report, std::string(translate(report.language(), "Chronicle report")),
      [&](const SubjectView& view) { return entries(view, report); }, sink);
}

}  // namespace solnoma
