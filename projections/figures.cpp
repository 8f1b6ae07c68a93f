#include "projections/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "events/event_type.hpp"
#include "projections/rows.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kBuildings = "buildings";
constexpr TypeCode kBuildingCompleted = type_code("building-completed");

/// A sum is exact if all its parts are; "more than" if none of them can be less.
Bound sum(Bound a, Bound b) {
  const auto at_least = [](Bound bound) {
    return bound == Bound::exact || bound == Bound::more_than || bound == Bound::slightly_more_than;
  };
  if (a == b && a == Bound::exact) return a;
  return at_least(a) && at_least(b) ? Bound::more_than : Bound::about;
}

/// Adds further buildings to a count of them. False where either is no whole number.
bool add(Quantity& total, const Quantity& more) {
  const auto whole = [](const std::string& text, std::int64_t& value) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc{} && result.ptr == text.data() + text.size() && text.size() < 18;
  };
  std::int64_t a = 0;
  std::int64_t b = 0;
  if (!whole(total.value, a) || !whole(more.value, b)) return false;
  total.value = fmt::format("{}", a + b);
  total.bound = sum(total.bound, more.bound);
  return true;
}

void record(std::vector<Figure>& figures, const Quantity& quantity, Revision from, Bounds bounds,
            bool adds) {
  const auto same = std::ranges::find_if(figures, [&](const Figure& f) {
    return f.quantity.measure == quantity.measure && f.quantity.period == quantity.period;
  });
  if (same == figures.end()) {
    figures.push_back({quantity, {from}, bounds});
  } else if (adds && add(same->quantity, quantity)) {
    same->from.push_back(from);
    same->bounds = bounds;
  } else {
    *same = {quantity, {from}, bounds};
  }
}

}  // namespace

void FigureFold::add(const Event& event, const Row& row, Revision revision) {
  const Bounds bounds{row.earliest, row.latest};
  const bool building = type_of_kind(row.kind()) == kBuildingCompleted;
  bool counted = false;
  for (const Quantity& quantity : event.quantities) {
    const bool adds = building && quantity.measure == kBuildings;
    counted = counted || adds;
    record(figures_, quantity, revision, bounds, adds);
  }
  if (building && !counted)
    record(figures_, {std::string(kBuildings), "1", "buildings", Bound::exact, ""}, revision,
           bounds, true);
}

bool bears_figures(const Row& row) {
  return !is_planned(row.kind()) &&
         (is_measured(row.kind()) || type_of_kind(row.kind()) == kBuildingCompleted);
}

std::vector<Figure> figures(std::span<const StoredEvent> events, Rows rows,
                            const Effective& effective, const Vantage& vantage) {
  FigureFold fold;
  for (const std::size_t i : happened(rows, effective, vantage.as_of))
    fold.add(events[i].event, rows[i], revision_of(i));
  return fold.figures();
}

Revision described_by(std::span<const StoredEvent> events, const Effective& effective) {
  for (std::size_t i = events.size(); i-- > 0;)
    if (effective.counts(i) && events[i].event.description) return revision_of(i);
  return {};
}

const Description* description(std::span<const StoredEvent> events, const Effective& effective) {
  const Revision by = described_by(events, effective);
  return by.value == 0 ? nullptr : &*events[index_of(by)].event.description;
}

}  // namespace solnoma
