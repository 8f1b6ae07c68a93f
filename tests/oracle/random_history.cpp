#include "tests/oracle/random_history.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "events/event_type.hpp"

namespace solnoma::test {
namespace {

constexpr std::size_t kMostProduct = 12'000;

constexpr auto kCovering = std::to_array<std::string_view>(
    {"suspended", "suspended", "resumed", "cancelled", "retired", "reinstated", "reinstated"});

TypeCode random_type(Random& random) {
  if (random.percent(50))
    return type_code(kCovering[static_cast<std::size_t>(random.between(0, kCovering.size() - 1))]);
  if (random.percent(3)) return kUnknownType;
  return static_cast<TypeCode>(random.between(0, kEventTypes.size() - 1));
}

Dating random_actual(Random& random, TypeCode type) {
  const Day earliest{kFirstDay + random.between(0, kDays - 1)};
  const std::int32_t width = random.percent(20)   ? 1
                             : random.percent(90) ? random.between(2, 6)
                                                  : random.between(7, 14);
  const Day latest{earliest.number + width - 1};
  // Mostly later than all of that; sometimes within, which cuts the window short.
  const Day known{random.percent(15) ? random.between(earliest.number, latest.number)
                                     : latest.number + random.between(0, 10)};
  return {{random.percent(8) ? kOpenPast : earliest, std::min(latest, known)},
          known,
          row_kind(type, false)};
}

Dating random_plan(Random& random, TypeCode type) {
  Dating mark{{}, Day{kFirstDay + random.between(0, kDays + 4)}, row_kind(type, true)};
  if (random.percent(25)) return mark;  // no target
  const Day earliest{kFirstDay + random.between(0, kDays + 10)};
  mark.bounds = {earliest, Day{earliest.number + random.between(0, 6)}};
  if (random.percent(40))  // told in hindsight
    mark.known = Day{mark.bounds.latest.number + random.between(0, 8)};
  if (random.percent(10)) mark.bounds.earliest = kOpenPast;
  if (random.percent(10)) mark.bounds.latest = kOpenFuture;
  return mark;
}

/// An upper bound of the number of worlds at any vantage.
std::size_t product(const std::vector<Row>& rows) {
  std::size_t result = 1;
  for (const Row& row : rows)
    if (!is_planned(row.kind()) && event_type(type_of_kind(row.kind())).effect != Effect::none)
      result *= row.earliest == kOpenPast ? std::size_t{kDays + 4}
                                          : static_cast<std::size_t>(row.latest - row.earliest + 1);
  return result;
}

}  // namespace

std::uint64_t histories(std::uint64_t usual) {
  const char* given = std::getenv("SOLNOMA_HISTORIES");  // NOLINT(concurrency-mt-unsafe)
  return given == nullptr || *given == '\0' ? usual : std::strtoull(given, nullptr, 10);
}

Row RandomHistory::next_event(const std::vector<Row>& rows) {
  std::uint32_t supersedes = 0;
  TypeCode type = random_type(*this);
  bool plan = percent(18);
  const bool in_chain = !rows.empty() && rows.back().supersedes != 0;
  if (!rows.empty() && percent(in_chain ? 50 : 18)) {
    supersedes = link(rows).value;
    if (percent(50)) {
      type = kRetracted;
      plan = false;
    } else if (percent(60)) {
      type = type_of_kind(rows[supersedes - 1].kind());
      plan = is_planned(rows[supersedes - 1].kind());
    }
  } else if (!rows.empty() && percent(20)) {  // what was planned comes, or is planned anew
    const Row& told =
        rows[static_cast<std::size_t>(between(0, static_cast<std::int32_t>(rows.size()) - 1))];
    if (is_planned(told.kind())) {
      type = type_of_kind(told.kind());
      plan = percent(40);
    }
  }
  const std::uint64_t last = rows.empty() ? 0 : rows.back().position().value;
  const Position position{last + static_cast<std::uint64_t>(between(1, 3))};
  Row row(plan ? random_plan(*this, type) : random_actual(*this, type), position,
          Revision{supersedes});
  if (supersedes != 0 && percent(25)) {  // known earlier than what it supersedes
    row.known = Day{rows[supersedes - 1].known.number - between(1, 6)};
    if (!plan) {
      row.latest = std::min(row.latest, row.known);
      row.earliest = std::min(row.earliest, row.latest);
    }
  }
  return row;
}

Revision RandomHistory::link(const std::vector<Row>& rows) {
  const auto last = static_cast<std::uint32_t>(rows.size());
  if (rows.back().supersedes != 0 && percent(60)) return Revision{last};
  if (rows.back().supersedes != 0 && percent(30)) return Revision{rows.back().supersedes};
  return Revision{static_cast<std::uint32_t>(between(1, static_cast<std::int32_t>(last)))};
}

std::vector<Row> RandomHistory::history() {
  std::vector<Row> rows;
  const int events = percent(15) ? between(1, 4) : between(5, 12);
  while (std::ssize(rows) < events) rows.push_back(next_event(rows));
  while (product(rows) > kMostProduct) {
    Row& row = rows[static_cast<std::size_t>(between(0, events - 1))];
    if (!is_planned(row.kind())) row.earliest = row.latest;
  }
  return rows;
}

StoredEvent RandomHistory::event(const std::vector<StoredEvent>& before, const Row& row) {
  const auto next = static_cast<std::int32_t>(before.size() + 1);
  const auto any_id = [&] { return std::to_string(between(1, next + 2)); };
  StoredEvent stored;
  stored.position = row.position();
  stored.revision = Revision{static_cast<std::uint32_t>(next)};
  Event& event = stored.event;
  event.modality = is_planned(row.kind()) ? Modality::planned : Modality::actual;
  event.known = row.known;
  const TypeCode type = type_of_kind(row.kind());
  event.type = type != kUnknownType ? event_type(type).name : percent(50) ? "newer" : "newest";
  const auto same = std::ranges::find(before, event.type, [](const StoredEvent& other) {
    return std::string_view(other.event.type);
  });
  if (same != before.end() && percent(60))
    event.part = same->event.part;
  else if (percent(25))
    event.part = percent(60) ? "phase-1" : "phase-2";
  // An id is unique in its source, and another source may give it as well.
  event.source = percent(70) ? "urn:a" : "urn:b";
  event.id = percent(70) ? std::to_string(next) : any_id();
  const auto taken = [&](const StoredEvent& other) {
    return other.event.source == event.source && other.event.id == event.id;
  };
  while (std::ranges::any_of(before, taken)) event.id += "'";
  if (percent(12))
    for (int names = between(1, 2); names > 0; --names) event.fulfils.push_back(any_id());
  return stored;
}

std::vector<StoredEvent> RandomHistory::events(const std::vector<Row>& rows) {
  std::vector<StoredEvent> events;
  for (const Row& row : rows) events.push_back(event(events, row));
  return events;
}

Vantage RandomHistory::vantage(const std::vector<Row>& rows) {
  Vantage vantage;
  if (percent(95)) vantage.as_of = Day{kFirstDay + between(-2, kDays + 8)};
  if (percent(30)) vantage.known_by = Day{kFirstDay + between(-1, kDays + 14)};
  const auto newest = static_cast<std::int32_t>(rows.back().position().value);
  if (percent(30)) vantage.at = Position{static_cast<std::uint64_t>(between(0, newest + 1))};
  return vantage;
}

const Row& RandomHistory::any(const std::vector<Row>& rows) {
  return rows[static_cast<std::size_t>(between(0, static_cast<std::int32_t>(rows.size()) - 1))];
}

Vantage RandomHistory::edge_vantage(const std::vector<Row>& rows) {
  Vantage vantage;
  if (percent(95)) {
    const Row& row = any(rows);
    const Day day = percent(20) || is_planned(row.kind())      ? row.known
                    : percent(50) && row.earliest != kOpenPast ? row.earliest
                                                               : row.latest;
    vantage.as_of = Day{day.number + between(-1, 1)};
  }
  if (percent(50)) vantage.known_by = Day{any(rows).known.number + between(-1, 0)};
  if (percent(50))
    vantage.at = Position{any(rows).position().value - static_cast<std::uint64_t>(between(0, 1))};
  return vantage;
}

std::vector<Row> RandomHistory::long_history(int events) {
  const std::int32_t days = std::max(2 * events, 20);
  const bool may_end = percent(60);
  std::vector<Row> rows;
  for (int i = 0; i < events; ++i) {
    TypeCode type = static_cast<TypeCode>(between(0, kEventTypes.size() - 1));
    const bool covers = event_type(type).effect > Effect::raise;
    if (covers && (!may_end || percent(70))) type = type_code("visited");
    std::uint32_t supersedes = 0;
    if (i > 0 && percent(rows.back().supersedes != 0 ? 40 : 5)) {
      supersedes = link(rows).value;
      type = percent(50) ? kRetracted : type_of_kind(rows[supersedes - 1].kind());
    }
    const Day latest{kFirstDay + between(0, days)};
    const Day earliest{latest.number - (percent(4) ? between(1, 5) : 0)};
    // Mostly learned in the order of things, sometimes long after.
    const Day known{latest.number + (percent(80) ? between(0, 3) : between(0, days))};
    rows.emplace_back(Dating{{earliest, latest}, known, row_kind(type, percent(6))},
                      Position{static_cast<std::uint64_t>(3 * i + between(1, 3))},
                      Revision{supersedes});
  }
  return rows;
}

}  // namespace solnoma::test
