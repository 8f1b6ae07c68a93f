#include "tools/report/files/ics.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "events/chronicle.hpp"
#include "events/event_type.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

/// First day and the day after the last.
struct Days {
  Day first, end;
};

/// What libical can write; an end beyond that is as good as open.
constexpr Day kFirst{-719'161};  // 0001-01-02
constexpr Day kLast{376'563};    // 3000-12-30

std::optional<Days> days_of(Bounds bounds) {
  const auto known = [](Day day) { return day >= kFirst && day <= kLast; };
  const Day first = known(bounds.earliest) ? bounds.earliest : bounds.latest;
  const Day last = known(bounds.latest) ? bounds.latest : first;
  if (!known(first)) return {};
  return Days{first, Day{last.number + 1}};
}

icaltimetype date(Day day) {
  const std::chrono::year_month_day civil{std::chrono::sys_days{std::chrono::days{day.number}}};
  icaltimetype time = icaltime_null_date();
  time.year = static_cast<int>(civil.year());
  time.month = static_cast<int>(static_cast<unsigned>(civil.month()));
  time.day = static_cast<int>(static_cast<unsigned>(civil.day()));
  return time;
}

icaltimetype moment(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(instant - day)};
  icaltimetype time = date(Day{static_cast<std::int32_t>(day.time_since_epoch().count())});
  time.is_date = 0;
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  time.second = static_cast<int>(clock.seconds().count());
  time.zone = icaltimezone_get_utc_timezone();
  return time;
}

std::string print(const Component& component) {
  const std::unique_ptr<char, decltype(&icalmemory_free_buffer)> text(
      icalcomponent_as_ical_string_r(component.get()), &icalmemory_free_buffer);
  return text.get();
}

std::string details(const SubjectView& view, const TimelineMark& mark, Language language) {
  const Event& event = view.event(mark.revision);
  std::string text = when_in_words(event, mark.bounds, language, Wording::name);
  const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
  if (plan != view.plans.end())
    text += fmt::format("\n{}: {}", translate(language, "plan"), phrase(*plan, language));
  if (mark.happened == Happened::possibly)
    text += fmt::format("\n{}", translate(language, "possibly"));
  for (const Quantity& quantity : event.quantities)
    text += fmt::format("\n{}: {}", measure_in_words(quantity.measure, language),
                        in_words(quantity, language));
  if (!event.note.empty()) text += "\n" + event.note.in(language);
  if (const std::string source = citation_in_words(event, language); !source.empty())
    text += "\n" + source;
  return text + fmt::format("\n{}, {}", view.subject, event.id);
}

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

/// By index, the first version of what each row tells.
std::vector<Revision> first_versions(Rows rows) {
  std::vector<Revision> first;
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    first.push_back(rows[i].supersedes == 0 ? Revision{i + 1} : first[rows[i].supersedes - 1]);
  return first;
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
    if (type == kRetracted || type == kDescribed || !days_of(bounds_of(view.rows[i]))) continue;
    versions.told = revision;
    if (view.effective.counts(i) && !versions.entered()) versions.stands = revision;
  }
  return all;
}

/// "First production (by 12 November 2025)": an entry of one day that may have been another says
/// so.
std::string summary(const SubjectView& view, const TimelineMark& mark, Language language) {
  const Event& event = view.event(mark.revision);
  std::string text = fmt::format("{}: {}", view.name(language), title(event, language));
  if (is_calendar_day(mark.bounds.earliest) && is_calendar_day(mark.bounds.latest)) return text;
  return text + fmt::format(" ({})", when_in_words(event, mark.bounds, language, Wording::name));
}

/// What an entry is called in every calendar, and how often it has changed since.
struct Identity {
  Revision named;  ///< the event that gives it its name
  const Versions* versions = nullptr;
  bool cancelled = false;
};

std::string entry(const SubjectView& view, const TimelineMark& mark, const Identity& identity,
                  Language language) {
  const auto days = days_of(mark.bounds);
  if (!days) return "";
  const Event& event = view.event(mark.revision);
  const Event& named = view.event(identity.named);
  const Component component(icalcomponent_new(ICAL_VEVENT_COMPONENT), &icalcomponent_free);
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(component.get(), property);
  };
  add(icalproperty_new_uid(fmt::format("{}@{}", named.id, named.source).c_str()));
  add(icalproperty_new_sequence(identity.versions->changes));
  add(icalproperty_new_dtstamp(moment(view.stored(identity.versions->changed).recorded)));
  add(icalproperty_new_dtstart(date(days->first)));
  add(icalproperty_new_dtend(date(days->end)));
  add(icalproperty_new_summary(summary(view, mark, language).c_str()));
  std::string description = details(view, mark, language);
  if (identity.cancelled)
    if (const Revision by = view.effective.superseded_by[mark.revision.value - 1]; by.value != 0) {
      const Event& why = view.event(by);
      description += "\n" + type_in_words(why.type, language);
      if (!why.note.empty()) description += ": " + why.note.in(language);
    }
  add(icalproperty_new_description(description.c_str()));
  const auto source =
      std::ranges::find_if(event.sources, [](const Source& s) { return !s.url.empty(); });
  if (source != event.sources.end()) add(icalproperty_new_url(source->url.c_str()));
  add(icalproperty_new_status(identity.cancelled                     ? ICAL_STATUS_CANCELLED
                              : mark.happened == Happened::certainly ? ICAL_STATUS_CONFIRMED
                                                                     : ICAL_STATUS_TENTATIVE));
  add(icalproperty_new_categories(type_in_words(event.type, language).c_str()));
  add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));  // keeps nobody busy
  return print(component);
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
    text += entry(view, mark, {other ? mark.revision : root, &versions}, report.language());
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
    text += entry(view, gone, {root, &versions, true}, report.language());
  }
  return text;
}

}  // namespace

Result<void> ics_timeline(const Report& report, const Sink& sink) {
  const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT), &icalcomponent_free);
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(calendar.get(), property);
  };
  const auto add_other = [&](const char* name, const std::string& text) {
    icalproperty* const property = icalproperty_new_x(text.c_str());
    icalproperty_set_x_name(property, name);
    add(property);
  };
  const std::string name(translate(report.language(), "Chronicle report"));
  const std::string vantage = in_words(report.vantage(), report.language());
  add(icalproperty_new_version("2.0"));
  add(icalproperty_new_prodid("-//solnoma//solnoma " SOLNOMA_VERSION "//EN"));
  add(icalproperty_new_method(ICAL_METHOD_PUBLISH));
  add(icalproperty_new_name(name.c_str()));
  add(icalproperty_new_description(vantage.c_str()));
  add_other("X-WR-CALNAME", name);  // as most programs know it
  add_other("X-WR-CALDESC", vantage);
  // How often who subscribes looks again (RFC 7986), and as most programs know it.
  add(icalproperty_new_from_string("REFRESH-INTERVAL;VALUE=DURATION:PT6H"));
  add_other("X-PUBLISHED-TTL", "PT6H");
  (void)icaltimezone_get_utc_timezone();  // made here, before several threads ask for it
  // Entries go between the head and the line that ends it, so that none need be kept.
  const std::string frame = print(calendar);
  const std::size_t end = frame.rfind("END:VCALENDAR");
  sink(frame.substr(0, end));
  auto ok = report.each([&](const SubjectView& view) { return entries(view, report); }, sink);
  if (!ok) return ok;
  sink(frame.substr(end));
  return {};
}

}  // namespace solnoma
