#include "tests/sim/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "events/event_type.hpp"

namespace solnoma::sim {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 16> kTypes = {"announced",
                                                     "agreement-signed",
                                                     "construction-started",
                                                     "building-completed",
                                                     "landscaped",
                                                     "construction-completed",
                                                     "production-started",
                                                     "opened",
                                                     "suspended",
                                                     "resumed",
                                                     "cancelled",
                                                     "retired",
                                                     "reinstated",
                                                     "visited",
                                                     "residents-reported",
                                                     "exhibition-held"};

/// The months that events happen in: few, so that events meet.
constexpr int kFirstYear = 2020;
constexpr int kYears = 3;

Day day_of(year_month_day date) {
  return Day{static_cast<std::int32_t>(sys_days(date).time_since_epoch().count())};
}

Day last_of(std::chrono::year_month month) {
  return day_of(year_month_day(month / std::chrono::last));
}

std::string text_of(Day day) {
  const year_month_day date{sys_days{std::chrono::days{day.number}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace

void Model::record(const Draft& draft, Instant now) {
  Entry entry{draft, now, 0};
  if (!draft.event.supersedes.empty()) {
    const auto found = std::ranges::find_if(
        entries_, [&](const Entry& e) { return e.draft.event.id == draft.event.supersedes; });
    entry.supersedes = static_cast<std::size_t>(found - entries_.begin()) + 1;
  }
  // The log's stamps never go back, whatever the clock does.
  if (!entries_.empty()) entry.recorded = std::max(entry.recorded, entries_.back().recorded);
  entries_.push_back(std::move(entry));
}

std::vector<std::size_t> Model::places(const std::string& subject) const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].draft.event.subject == subject) places.push_back(i);
  return places;
}

std::vector<Row> Model::rows(const std::string& subject) const {
  const std::vector<std::size_t> own = places(subject);
  std::vector<Row> rows;
  for (const std::size_t place : own) {
    const auto& [draft, recorded, supersedes] = entries_[place];
    const Event& event = draft.event;
    Dating dating{draft.bounds, event.known, 0};
    const bool planned = event.modality == Modality::planned;
    // "Nothing can have happened after it was reported."
    if (!planned) dating.bounds.latest = std::min(dating.bounds.latest, event.known);
    dating.kind = row_kind(type_code(event.type), planned, !event.quantities.empty());
    Revision revision{0};
    if (supersedes > 0)
      revision.value =
          static_cast<std::uint32_t>(std::ranges::find(own, supersedes - 1) - own.begin() + 1);
    rows.emplace_back(dating, Position{place + 1}, revision);
  }
  return rows;
}

std::vector<std::string> DraftSource::subjects() {
  return {"park/a", "park/b", "project/c", "park/d"};
}

Draft DraftSource::draft(const Model& model) {
  Draft draft;
  Event& event = draft.event;
  const auto all = subjects();
  event.id = fmt::format("e{}", ++next_id_);
  event.source = random_.percent(80) ? "urn:a" : "urn:b";
  event.subject = all[static_cast<std::size_t>(random_.between(0, 3))];
  event.type = kTypes[static_cast<std::size_t>(random_.between(0, kTypes.size() - 1))];
  event.title.en = "A milestone";
  if (random_.percent(20)) event.modality = Modality::planned;
  if (event.type == "residents-reported")
    event.quantities.push_back({"residents", fmt::format("{}", random_.between(1, 40)), "companies",
                                Bound::more_than, ""});
  give_date(draft);
  if (random_.percent(25)) supersede(draft, model);
  return draft;
}

void DraftSource::give_date(Draft& draft) {
  Event& event = draft.event;
  const int year = kFirstYear + random_.between(0, kYears - 1);
  const int month = random_.between(1, 12);
  const std::chrono::year_month ym{std::chrono::year{year},
                                   std::chrono::month{static_cast<unsigned>(month)}};
  draft.bounds = {};
  switch (random_.between(0, 9)) {
    case 0:
      break;  // no date
    case 1:
      event.occurred = fmt::format("{}", year);
      draft.bounds = {day_of(std::chrono::year{year} / 1 / 1),
                      day_of(std::chrono::year{year} / 12 / 31)};
      break;
    case 2:
    case 3:
      event.occurred = fmt::format("{}-{:02}", year, month);
      draft.bounds = {day_of(ym / 1), last_of(ym)};
      break;
    case 4: {
      const Day first = day_of(ym / random_.between(1, 20));
      const Day last{first.number + random_.between(1, 90)};
      event.occurred = text_of(first) + "/" + text_of(last);
      // An event happened on one day of an interval.
      draft.bounds = {first, last};
      break;
    }
    default:
      draft.bounds.earliest = draft.bounds.latest = day_of(ym / random_.between(1, 28));
      event.occurred = text_of(draft.bounds.latest);
  }
  // Known some days later, now and then years, and never before it can have happened.
  const Day after = draft.bounds.earliest == kOpenPast ? day_of(std::chrono::year{year} / month / 5)
                                                       : draft.bounds.earliest;
  event.known = Day{after.number + random_.between(0, random_.percent(10) ? 1'500 : 60)};
  if (event.modality == Modality::planned && draft.bounds.earliest != kOpenPast)
    event.known.number -= random_.between(0, 400);
}

void DraftSource::supersede(Draft& draft, const Model& model) {
  const auto own = model.places(draft.event.subject);
  if (own.empty()) return;
  const std::size_t place =
      own[static_cast<std::size_t>(random_.between(0, static_cast<std::int32_t>(own.size()) - 1))];
  const Event& old = model.at(place).draft.event;
  draft.event.supersedes = old.id;
  draft.event.supersedes_source = old.source;
  if (!random_.percent(40)) return;
  draft.event.type = "retracted";
  draft.event.modality = Modality::actual;
  draft.event.quantities.clear();
  draft.event.note = "it was a mistake";
  draft.event.occurred.clear();
  draft.bounds = {};
}

Vantage DraftSource::vantage(const Model& model) {
  const auto any_day = [&] {
    return day_of(std::chrono::year{kFirstYear} / 1 / 1).number +
           random_.between(-40, 365 * (kYears + 2));
  };
  Vantage vantage{.as_of = Day{any_day()}, .known_by = kOpenFuture, .at = kNewest};
  if (random_.percent(70)) vantage.known_by = Day{any_day()};
  if (random_.percent(60))
    vantage.at = Position{
        static_cast<std::uint64_t>(random_.between(0, static_cast<std::int32_t>(model.head())))};
  return vantage;
}

}  // namespace solnoma::sim
