#include "tests/bench/workload.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "tests/bench/check.hpp"
#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::bench;

namespace {

constexpr std::uint64_t kMany = 50'000;

/// How many of a hundred events are so.
template <class Is>
double percent(const std::vector<Event>& events, Is is) {
  const auto count = std::ranges::count_if(events, is);
  return 100.0 * static_cast<double>(count) / static_cast<double>(events.size());
}

const std::vector<Event>& many() {
  static const std::vector<Event> events = Workload({kMany, 100'000, 1}).batch(kMany);
  return events;
}

bool is_plan(const Event& event) {
  return event.modality == Modality::planned;
}

/// Days from when it happened to when it became known, of events dated to the day.
std::int64_t lag(const Event& event) {
  return event.known - day_from_text(event.occurred).value();
}

bool dated_to_the_day(const Event& event) {
  return !is_plan(event) && event.occurred.size() == 10;
}

}  // namespace

TEST_CASE("the shares are those of the description") {
  const auto within = [](double value, double expected) {
    return value > expected * 0.9 && value < expected * 1.1;
  };
  CHECK(within(percent(many(),
                       [](const Event& e) {
                         return !is_plan(e) && !e.occurred.empty() && e.occurred.size() < 10;
                       }),
               5));
  CHECK(within(percent(many(), [](const Event& e) { return is_plan(e) && e.supersedes.empty(); }),
               3));
  CHECK(within(percent(many(), [](const Event& e) { return !e.supersedes.empty(); }), 2));
  CHECK(within(percent(many(),
                       [](const Event& e) {
                         return dated_to_the_day(e) && e.supersedes.empty() && lag(e) > 365;
                       }),
               0.95));  // the rest of the 1 % is dated by a month or a year
  for (const Event& event : many())
    if (dated_to_the_day(event) && event.supersedes.empty() && lag(event) <= 365) {
      CHECK(lag(event) >= 0);
      CHECK(lag(event) <= 200);
    }
}

TEST_CASE("events of every type come, mostly in the order in which they become known") {
  std::map<std::string, int> types;
  int backwards = 0;
  for (std::size_t i = 0; i < many().size(); ++i) {
    ++types[many()[i].type];
    if (i > 0 && many()[i].known < many()[i - 1].known) ++backwards;
  }
  // All but what a source no longer lists and what was imported.
  CHECK(types.size() == kEventTypes.size() - 2);
  CHECK(backwards < static_cast<int>(kMany / 10));
  CHECK(many().front().known >= Day{kWorkloadFirst.number - 5});
  CHECK(many().back().known <= kWorkloadLast);
  CHECK(many().back().known >= Day{kWorkloadLast.number - 7});
}

TEST_CASE("subjects are of uneven length") {
  std::map<std::string, int> lengths;
  for (const Event& event : many()) ++lengths[event.subject];
  CHECK(lengths.size() <= kMany / 10);
  CHECK(lengths.size() > kMany / 11);
  std::vector<int> sorted;
  for (const auto& [subject, length] : lengths) sorted.push_back(length);
  std::ranges::sort(sorted);
  CHECK(sorted.back() > 20 * sorted[sorted.size() / 2]);
}

TEST_CASE("the same options give the same events, and another seed others") {
  CHECK(Workload({1'000, 100'000, 7}).batch(1'000) == Workload({1'000, 100'000, 7}).batch(1'000));
  CHECK(Workload({1'000, 100'000, 7}).batch(1'000) != Workload({1'000, 100'000, 8}).batch(1'000));
}

TEST_CASE("no event is corrected twice, and each correction is of an earlier one of its subject") {
  std::map<std::string, std::string> subjects;
  std::set<std::string> superseded;
  for (const Event& event : many()) {
    if (!event.supersedes.empty()) {
      REQUIRE(subjects.contains(event.supersedes));
      CHECK(subjects[event.supersedes] == event.subject);
      CHECK(superseded.insert(event.supersedes).second);
    }
    subjects[event.id] = event.subject;
  }
  CHECK(subjects.size() == kMany);
}

TEST_CASE("a log takes every event, and goes on taking those after the last") {
  constexpr std::uint64_t kEvents = 10'000;
  const Disk disk = Disk::memory();
  test::ManualClock clock;
  REQUIRE(Journal::create(disk, "/store"));
  const auto journal = std::move(*open_journal(disk, "/store", clock));
  Workload workload({kEvents, 100'000, 2});
  while (workload.made() < kEvents) {
    const auto done = append(*journal, workload.batch());
    REQUIRE_MESSAGE(done, done.error().where, ": ", done.error().what);
    CHECK(done->recorded == kBatch);
  }
  CHECK(journal->log().head().value == kEvents);
  for (int i = 0; i < 100; ++i) CHECK(append(*journal, {{workload.next_ordinary()}}));
}

TEST_CASE("an encoded event has about 190 bytes") {
  std::size_t bytes = 0;
  for (const Event& event : many()) bytes += encode(event).value().size();
  CHECK(bytes / kMany >= 180);
  CHECK(bytes / kMany <= 200);
}
