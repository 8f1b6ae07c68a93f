#include "tools/report/files/ics.hpp"

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

std::string entry(const SubjectView& view, const TimelineMark& mark, Language language) {
  const auto days = days_of(mark.bounds);
  if (!days) return "";
  const StoredEvent& stored = view.stored(mark.revision);
  const Event& event = stored.event;
  const Component component(icalcomponent_new(ICAL_VEVENT_COMPONENT), &icalcomponent_free);
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(component.get(), property);
  };
  add(icalproperty_new_uid(fmt::format("{}@{}", event.id, event.source).c_str()));
  add(icalproperty_new_dtstamp(moment(stored.recorded)));
  add(icalproperty_new_dtstart(date(days->first)));
  add(icalproperty_new_dtend(date(days->end)));
  const std::string what = title(event, language);
  add(icalproperty_new_summary(
      (view.description ? fmt::format("{}: {}", view.name(language), what) : what).c_str()));
  add(icalproperty_new_description(details(view, mark, language).c_str()));
  const auto source =
      std::ranges::find_if(event.sources, [](const Source& s) { return !s.url.empty(); });
  if (source != event.sources.end()) add(icalproperty_new_url(source->url.c_str()));
  add(icalproperty_new_status(mark.happened == Happened::certainly ? ICAL_STATUS_CONFIRMED
                                                                   : ICAL_STATUS_TENTATIVE));
  add(icalproperty_new_categories(type_in_words(event.type, language).c_str()));
  add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));  // keeps nobody busy
  return print(component);
}

}  // namespace

Result<void> ics_timeline(const Report& report, const Sink& sink) {
  const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT), &icalcomponent_free);
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(
      calendar.get(), icalproperty_new_prodid("-//solnoma//solnoma " SOLNOMA_VERSION "//EN"));
  (void)icaltimezone_get_utc_timezone();  // made here, before several threads ask for it
  // Entries go between the head and the line that ends it, so that none need be kept.
  const std::string frame = print(calendar);
  const std::size_t end = frame.rfind("END:VCALENDAR");
  sink(frame.substr(0, end));
  auto ok = report.each(
      [&](const SubjectView& view) {
        std::string text;
        if (report.shows_marks(view))
          for (const TimelineMark& mark : view.marks) text += entry(view, mark, report.language());
        return text;
      },
      sink);
  if (!ok) return ok;
  sink(frame.substr(end));
  return {};
}

}  // namespace solnoma
