#include "tests/bench/corrections.hpp"

#include "events/chronicle.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/workload_text.hpp"

namespace solnoma::bench {
namespace {

constexpr std::uint64_t kEvery = 10;
constexpr std::size_t kDateSize = 10;  // YYYY-MM-DD

Event corrected(Event event, test::Random& random) {
  event.supersedes = event.id;
  event.supersedes_source.clear();
  event.id = "fix-" + event.id;
  event.known.number += static_cast<std::int32_t>(random.below(400));
  if (event.occurred.size() != kDateSize) return event;
  const Day day = must(day_from_text(event.occurred), "reading a date");
  event.occurred =
      date_text(Day{day.number - static_cast<std::int32_t>(random.below(30))}, Precision::day);
  return event;
}

}  // namespace

Corrections::Corrections(const Log& log, Position first, std::uint64_t seed)
    : log_(log), end_(log.head()), at_(first), random_(seed, 5) {
  superseded_.resize(end_.value + 1);
  must(log.all_rows([&](SubjectNumber, Rows rows) {
    for (const solnoma::Row& row : rows)
      if (row.supersedes != 0) superseded_[rows[row.supersedes - 1].position().value] = true;
    return true;
  }),
       "reading the rows");
}

std::vector<Event> Corrections::next(std::size_t size) {
  std::vector<Position> positions;
  for (; at_ <= end_ && positions.size() < size; at_.value += kEvery)
    if (!superseded_[at_.value]) positions.push_back(at_);
  std::vector<Event> events;
  for (StoredEvent& stored : must(fetch(log_, positions), "fetching events"))
    events.push_back(corrected(std::move(stored.event), random_));
  return events;
}

}  // namespace solnoma::bench
