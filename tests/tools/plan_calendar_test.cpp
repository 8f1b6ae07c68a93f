// A calendar of plans, as somebody sees it who looks again whenever something was recorded.

#include "tools/report/files/plan_calendar.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "events/chronicle.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/corrections.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

struct SeenEntry {
  std::string start, status;
  int sequence = 0;
  bool operator==(const SeenEntry&) const = default;
};

std::string property(const std::string& entry, std::string_view name) {
  const std::size_t begin = entry.find(fmt::format("\n{}", name));
  REQUIRE(begin != std::string::npos);
  const std::size_t colon = entry.find(':', begin);
  return entry.substr(colon + 1, entry.find('\r', colon) - colon - 1);
}

const std::vector<PlanState> kAll{PlanState::pending, PlanState::met,   PlanState::overdue,
                                  PlanState::dropped, PlanState::moved, PlanState::lapsed};

/// By UID, which each entry has for itself.
std::map<std::string, SeenEntry> calendar(const Log& log, const Vantage& vantage) {
  const Report report = Report::of(log, vantage, Language::en, {}).value();
  std::string text;
  REQUIRE(write_plan_calendar(report, kAll, [&](std::string_view part) { text += part; }));
  std::map<std::string, SeenEntry> all;
  std::size_t at = 0;
  while ((at = text.find("BEGIN:VEVENT", at)) != std::string::npos) {
    const std::size_t end = text.find("END:VEVENT", at);
    const std::string entry = text.substr(at, end - at);
    const bool alone =
        all.try_emplace(property(entry, "UID"),
                        SeenEntry{property(entry, "DTSTART"), property(entry, "STATUS"),
                                  std::stoi(property(entry, "SEQUENCE"))})
            .second;
    CHECK(alone);
    at = end;
  }
  return all;
}

/// Days of the plans that stand, and of those that are met, which have some.
std::multiset<std::string> days_to_come(const Log& log, const Vantage& vantage) {
  const Report report = Report::of(log, vantage, Language::en, {}).value();
  std::multiset<std::string> days;
  const std::vector<SubjectView> views = report.views().value();
  for (const SubjectView& view : views)
    for (const Plan& plan : view.plans)
      if ((plan.state == PlanState::pending || plan.state == PlanState::overdue) &&
          is_calendar_day(plan.target.earliest)) {
        std::string day = to_string(plan.target.earliest);
        std::erase(day, '-');
        days.insert(day);
      }
  return days;
}

/// A plan, what meets one, or a correction or retraction of any; of two parks.
Event drawn(Random& random, std::int32_t today, int number) {
  constexpr const char* kTypes[] = {"opened", "visited", "cancelled", "reinstated"};
  const int kind = random.below(20);
  const char* const type = kTypes[kind == 0 ? 2 : kind < 3 ? 3 : kind % 2];
  Event e = event(fmt::format("e{}", number), type, "", to_string(Day{today}),
                  fmt::format("park/p{}", random.below(2)));
  if (kind > 2 && random.percent(75)) {
    e.modality = Modality::planned;
    if (!random.one_in(5)) e.occurred = to_string(Day{today + random.between(-2, 30)});
  } else {
    e.occurred = to_string(Day{today - random.between(0, 2)});
  }
  correct_some(random, e, number);
  return e;
}

}  // namespace

TEST_CASE("an entry that changes says so by a greater number, and what stands is in one of them") {
  std::size_t moved = 0, cancelled = 0, confirmed = 0;
  for (std::uint64_t n = 0; n < 12; ++n) {
    const std::uint64_t seed = base_seed() + n;
    CAPTURE(seed);
    Random random(seed);
    ManualClock clock;
    Disk disk = Disk::memory();
    REQUIRE(Journal::create(disk, "/store"));
    const auto journal = open_journal(disk, "/store", clock).value();
    std::map<std::string, SeenEntry> before;
    int recorded = 0;
    for (int step = 0; step < 60; ++step) {
      if (random.one_in(3)) clock.advance(std::chrono::days(random.between(1, 4)));
      const Day today = day_of(clock.now());
      const Event each = drawn(random, today.number, recorded + 1);
      if (!append(*journal, {&each, 1})) continue;
      ++recorded;
      const Vantage now{today, kOpenFuture, journal->log().head()};
      const auto after = calendar(journal->log(), now);
      std::multiset<std::string> days;
      for (const auto& [uid, shown] : after) {
        CAPTURE(uid);
        if (shown.status == "TENTATIVE") days.insert(shown.start);
        cancelled += static_cast<std::size_t>(shown.status == "CANCELLED");
        confirmed += static_cast<std::size_t>(shown.status == "CONFIRMED");
        const auto was = before.find(uid);
        if (was == before.end()) continue;
        CHECK(shown.sequence >= was->second.sequence);
        if (shown == was->second) continue;
        CHECK(shown.sequence > was->second.sequence);
        moved += static_cast<std::size_t>(shown.start != was->second.start);
      }
      CHECK(days == days_to_come(journal->log(), now));
      before = after;
    }
    REQUIRE(recorded > 20);
  }
  CHECK(moved > 30);
  CHECK(cancelled > 30);
  CHECK(confirmed > 30);
}
