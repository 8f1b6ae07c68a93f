#include "tools/report/files/calendar.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

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

std::string details(const SubjectView& view, const CalendarEntry& entry, Language language) {
  const Event& event = view.event(entry.told);
  std::string text = when_in_words(event, entry.days, language, Wording::name);
  for (const std::string& remark : entry.remarks) text += "\n" + remark;
  for (const Quantity& quantity : event.quantities)
    text += fmt::format("\n{}: {}", measure_in_words(quantity.measure, language),
                        in_words(quantity, language));
  if (!event.note.empty()) text += "\n" + event.note.in(language);
  if (const std::string source = citation_in_words(event, language); !source.empty())
    text += "\n" + source;
  text += fmt::format("\n{}, {}", view.subject, event.id);
  if (entry.status != EntryStatus::cancelled) return text;
  if (const Revision by = view.effective.superseded_by[entry.told.value - 1]; by.value != 0) {
    const Event& why = view.event(by);
    text += "\n" + type_in_words(why.type, language);
    if (!why.note.empty()) text += ": " + why.note.in(language);
  }
  return text;
}

/// "First production (by 12 November 2025)": an entry of one day that may have been another says
/// so.
std::string summary(const SubjectView& view, const CalendarEntry& entry, Language language) {
  const Event& event = view.event(entry.told);
  std::string text = fmt::format("{}: {}", view.name(language), title(event, language));
  if (is_calendar_day(entry.days.earliest) && is_calendar_day(entry.days.latest)) return text;
  return text + fmt::format(" ({})", when_in_words(event, entry.days, language, Wording::name));
}

icalproperty_status status_of(EntryStatus status) {
  switch (status) {
    case EntryStatus::tentative:
      return ICAL_STATUS_TENTATIVE;
    case EntryStatus::confirmed:
      return ICAL_STATUS_CONFIRMED;
    case EntryStatus::cancelled:
      return ICAL_STATUS_CANCELLED;
  }
  return ICAL_STATUS_NONE;
}

}  // namespace

std::vector<Revision> first_versions(Rows rows) {
  std::vector<Revision> first;
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    first.push_back(rows[i].supersedes == 0 ? Revision{i + 1} : first[rows[i].supersedes - 1]);
  return first;
}

std::string plan_remark(const Plan& plan, Language language) {
  return fmt::format("{}: {}", translate(language, "plan"), phrase(plan, language));
}

bool has_calendar_days(Bounds bounds) {
  return days_of(bounds).has_value();
}

std::string calendar_entry(const SubjectView& view, const CalendarEntry& entry, Language language) {
  const auto days = days_of(entry.days);
  if (!days) return "";
  const Event& event = view.event(entry.told);
  const Event& named = view.event(entry.named);
  const icaltimetype changed = moment(view.stored(entry.changed).recorded);
  const Component component(icalcomponent_new(ICAL_VEVENT_COMPONENT), &icalcomponent_free);
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(component.get(), property);
  };
  add(icalproperty_new_uid(fmt::format("{}@{}", named.id, named.source).c_str()));
  add(icalproperty_new_sequence(entry.changes));
  add(icalproperty_new_dtstamp(changed));
  add(icalproperty_new_lastmodified(changed));
  add(icalproperty_new_dtstart(date(days->first)));
  add(icalproperty_new_dtend(date(days->end)));
  add(icalproperty_new_summary(summary(view, entry, language).c_str()));
  add(icalproperty_new_description(details(view, entry, language).c_str()));
  const auto source =
      std::ranges::find_if(event.sources, [](const Source& s) { return !s.url.empty(); });
  if (source != event.sources.end()) add(icalproperty_new_url(source->url.c_str()));
  add(icalproperty_new_status(status_of(entry.status)));
  add(icalproperty_new_categories(type_in_words(event.type, language).c_str()));
  add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));  // keeps nobody busy
  return print(component);
}

Result<void> write_calendar(const Report& report, const std::string& name,
                            const std::function<std::string(const SubjectView&)>& entries,
                            const Sink& sink) {
  const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT), &icalcomponent_free);
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(calendar.get(), property);
  };
  const auto add_other = [&](const char* property_name, const std::string& text) {
    icalproperty* const property = icalproperty_new_x(text.c_str());
    icalproperty_set_x_name(property, property_name);
    add(property);
  };
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
  auto ok = report.each(entries, sink);
  if (!ok) return ok;
  sink(frame.substr(end));
  return {};
}

}  // namespace solnoma
