#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "events/event_type.hpp"
#include "tests/oracle/oracle.hpp"

/// Figures from their wording: all tellings of a figure in a list, and from the last level on
/// everything added up as intervals of whole numbers.
namespace solnoma::oracle {
namespace {

using Number = std::int64_t;  // ten-thousandths: halves of thousandths are whole

constexpr Number kOne = 10'000;

struct End {
  Number at = 0;       // where it is open to infinity: the number that was told
  int digits = 0;      // behind the point
  bool known = true;   // not open to infinity
  bool within = true;  // belongs to the interval
};

struct Interval {
  End from, to;
  bool vague = false;
};

int digits_of(const std::string& text) {
  const auto point = text.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

Number number_of(const std::string& text) {
  Number number = 0;
  for (const char c : text)
    if (c >= '0' && c <= '9') number = 10 * number + (c - '0');
  for (int digits = digits_of(text); digits < 4; ++digits) number *= 10;
  return text.front() == '-' ? -number : number;
}

std::string text_of(Number number, int digits) {
  std::string text = std::to_string(number < 0 ? -number : number);
  while (text.size() < 5) text.insert(0, "0");
  text.insert(text.size() - 4, ".");
  for (int drop = digits == 0 ? 5 : 4 - digits; drop > 0; --drop) text.pop_back();
  return number < 0 ? "-" + text : text;
}

Interval interval_of(const Quantity& q) {
  const End value{number_of(q.value), digits_of(q.value)};
  Interval result{value, value};
  if (q.bound == Bound::about) result.vague = true;
  if (q.bound == Bound::between) result.to = {number_of(q.upper), digits_of(q.upper)};
  if (q.bound == Bound::at_least || q.bound == Bound::more_than ||
      q.bound == Bound::slightly_more_than) {
    result.to.known = false;
    result.from.within = q.bound == Bound::at_least;
  }
  if (q.bound == Bound::at_most || q.bound == Bound::less_than) {
    result.from.known = false;
    result.to.within = q.bound == Bound::at_most;
  }
  return result;
}

End plus(const End& a, const End& b) {
  return {a.at + b.at, std::max(a.digits, b.digits), a.known && b.known, a.within && b.within};
}

Interval plus(const Interval& a, const Interval& b) {
  return {plus(a.from, b.from), plus(a.to, b.to), a.vague || b.vague};
}

/// One number that an event told.
struct Telling {
  Quantity quantity;
  Interval interval;
  bool as_told = true;  // one quantity; else a range of two
  std::string part;
  std::size_t event = 0;
  bool flow = false;

  [[nodiscard]] auto key() const {
    return std::tie(quantity.measure, quantity.unit, quantity.period, part);
  }
};

/// "More than 4" and "less than 9" of one event are one range.
bool make_a_range(const Telling& a, const Telling& b) {
  if (!a.as_told || !b.as_told || a.key() != b.key()) return false;
  if (a.interval.vague || b.interval.vague) return false;
  const auto one_sided = [](const Interval& i) { return i.from.known != i.to.known; };
  if (!one_sided(a.interval) || !one_sided(b.interval)) return false;
  if (a.interval.from.known == b.interval.from.known) return false;
  const End& from = a.interval.from.known ? a.interval.from : b.interval.from;
  const End& to = a.interval.from.known ? b.interval.to : a.interval.to;
  return from.at < to.at || (from.at == to.at && from.within && to.within);
}

std::vector<Telling> tellings(const Event& event, std::size_t index) {
  std::vector<Telling> result;
  bool buildings = false;
  for (const Quantity& quantity : event.quantities) {
    Telling telling{quantity, interval_of(quantity), true, event.part, index};
    buildings = buildings || quantity.measure == "buildings";
    for (std::size_t i = 0; i < result.size(); ++i) {
      const Telling other = result[i];
      if (!make_a_range(other, telling)) continue;
      const bool lower = other.interval.from.known;
      telling.interval = {(lower ? other : telling).interval.from,
                          (lower ? telling : other).interval.to};
      telling.as_told = false;
      End& from = telling.interval.from;
      End& to = telling.interval.to;
      if (from.at == to.at) from.digits = to.digits = std::max(from.digits, to.digits);
      if (telling.quantity.accrual == Accrual::by_measure)
        telling.quantity.accrual = other.quantity.accrual;
      result.erase(result.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
    result.push_back(telling);
  }
  if (event.type == "building-completed" && !buildings) {
    const Quantity one{"buildings", "1", "buildings"};
    result.push_back({one, interval_of(one), true, event.part, index});
  }
  return result;
}

/// The word of the source, else what is usual, else the newest word about the same figure.
bool is_flow(const std::vector<Telling>& all, std::size_t n, const std::string& type) {
  const Telling& telling = all[n];
  if (telling.quantity.accrual != Accrual::by_measure)
    return telling.quantity.accrual == Accrual::flow;
  if (telling.quantity.measure == "buildings") return type == "building-completed";
  if (telling.quantity.measure == "payments") return true;
  for (std::size_t i = n; i-- > 0;)
    if (all[i].key() == telling.key() && all[i].quantity.accrual != Accrual::by_measure)
      return all[i].quantity.accrual == Accrual::flow;
  return false;
}

void word(const Interval& interval, Figure& figure) {
  Quantity& q = figure.quantity;
  const auto& [from, to, vague] = interval;
  q.upper.clear();
  if (vague && from.known != to.known) {
    q.bound = Bound::about;
    const auto& end = from.known ? from : to;
    q.value = text_of(end.at, end.digits);
    figure.ends.open = from.known ? Open::above : Open::below;
  } else if (vague && from.known && from.at != to.at) {
    q.bound = Bound::about;
    q.value = text_of(from.at, from.digits);
    q.upper = text_of(to.at, to.digits);
  } else if (vague || (!from.known && !to.known)) {
    const Number middle = (from.at + to.at) / 2;
    int digits = std::max(from.digits, to.digits);
    Number step = kOne;
    for (int i = 0; i < digits; ++i) step /= 10;
    if (middle % step != 0) ++digits;
    q.bound = Bound::about;
    q.value = text_of(middle, digits);
  } else if (!to.known) {
    q.bound = from.within ? Bound::at_least : Bound::more_than;
    q.value = text_of(from.at, from.digits);
  } else if (!from.known) {
    q.bound = to.within ? Bound::at_most : Bound::less_than;
    q.value = text_of(to.at, to.digits);
  } else {
    q.bound = from.at == to.at ? Bound::exact : Bound::between;
    const bool exact = q.bound == Bound::exact;
    q.value = text_of(from.at, exact ? std::max(from.digits, to.digits) : from.digits);
    if (exact) return;
    q.upper = text_of(to.at, to.digits);
    figure.ends.excluded = {!from.within, !to.within};
  }
}

}  // namespace

std::vector<Figure> figures(std::span<const StoredEvent> events, Rows rows,
                            const Vantage& vantage) {
  std::vector<std::size_t> happened;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (effective(rows, i, vantage) && events[i].event.modality == Modality::actual &&
        rows[i].latest <= vantage.as_of)
      happened.push_back(i);
  std::ranges::stable_sort(happened, {}, [&](std::size_t i) { return rows[i].latest; });

  std::vector<Telling> all;
  for (const std::size_t i : happened) {
    for (const Telling& telling : tellings(events[i].event, i)) all.push_back(telling);
    for (std::size_t n = 0; n < all.size(); ++n)
      if (all[n].event == i) all[n].flow = is_flow(all, n, events[i].event.type);
  }

  std::vector<Figure> result;
  std::set<std::size_t> done;
  for (std::size_t n = 0; n < all.size(); ++n) {
    if (done.contains(n)) continue;
    std::vector<const Telling*> same;  // from the last level on
    for (std::size_t m = n; m < all.size(); ++m) {
      if (all[m].key() != all[n].key()) continue;
      done.insert(m);
      if (!all[m].flow) same.clear();
      same.push_back(&all[m]);
    }
    const Telling& newest = *same.back();
    Figure& figure = result.emplace_back();
    figure.quantity = newest.quantity;
    figure.part = newest.part;
    figure.flow = newest.flow;
    figure.bounds = {rows[newest.event].earliest, rows[newest.event].latest};
    std::set<std::uint32_t> from;
    for (const Telling* each : same) {
      const auto revision = static_cast<std::uint32_t>(each->event + 1);
      if (from.insert(revision).second) figure.from.push_back(Revision{revision});
    }
    if (same.size() == 1 && newest.as_told) continue;
    Interval interval = same.front()->interval;
    for (std::size_t i = 1; i < same.size(); ++i) interval = plus(interval, same[i]->interval);
    word(interval, figure);
  }
  return result;
}

}  // namespace solnoma::oracle
