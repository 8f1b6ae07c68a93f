#include "tests/oracle/random_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/event_type.hpp"

namespace solnoma::test {
namespace {

/// Thousandths with up to three digits behind the point.
std::string decimal(std::int32_t thousandths, int digits) {
  const std::int32_t size = std::abs(thousandths);
  std::string text = fmt::format("{}{}", thousandths < 0 ? "-" : "", size / 1'000);
  if (digits > 0) text += "." + fmt::format("{:03}", size % 1'000).substr(0, std::size_t(digits));
  return text;
}

std::int32_t random_thousandths(Random& random, int digits) {
  static constexpr std::int32_t kSteps[] = {1'000, 100, 10, 1};
  const std::int32_t step = kSteps[digits];
  return random.between(random.percent(10) ? -9'000 / step : 0, 12'000 / step) * step;
}

int random_digits(Random& random) {
  return random.percent(70) ? 0 : random.between(1, 3);
}

}  // namespace

std::string random_decimal(Random& random) {
  const int digits = random_digits(random);
  return decimal(random_thousandths(random, digits), digits);
}

Quantity random_quantity(Random& random) {
  static constexpr const char* kMeasures[] = {"residents", "buildings", "payments", "grants"};
  Quantity q;
  q.measure = kMeasures[random.between(0, 3)];
  q.unit = q.measure == "buildings" ? "buildings" : random.percent(75) ? "USD" : "RUB";
  if (random.percent(20)) q.period = "2024";
  const int digits = random_digits(random);
  const std::int32_t value = random_thousandths(random, digits);
  q.value = decimal(value, digits);
  q.bound = static_cast<Bound>(random.between(0, kBounds - 1));
  if (random.percent(25)) q.bound = Bound::exact;
  if (q.bound == Bound::between) {
    const int upper_digits = std::max(digits, random_digits(random));
    q.upper = decimal(value + std::abs(random_thousandths(random, digits)), upper_digits);
  }
  q.accrual = random.percent(65)   ? Accrual::by_measure
              : random.percent(60) ? Accrual::flow
                                   : Accrual::level;
  return q;
}

std::vector<StoredEvent> random_numbers(RandomHistory& random, std::vector<Row>& rows) {
  std::vector<StoredEvent> events;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row& row = rows[i];
    StoredEvent stored;
    stored.position = row.position();
    stored.revision = Revision{static_cast<std::uint32_t>(i + 1)};
    TypeCode type = type_of_kind(row.kind());
    if (type != kRetracted && type != kDescribed && random.percent(25))
      type = type_code("building-completed");
    Event& event = stored.event;
    event.type = event_type(type).name;
    event.modality = is_planned(row.kind()) ? Modality::planned : Modality::actual;
    if (random.percent(25)) event.part = "phase-2";
    if (random.percent(60))
      for (int n = random.between(1, 3); n > 0; --n) {
        Quantity quantity = random_quantity(random);
        if (!event.quantities.empty() && random.percent(50)) {  // of the same figure
          quantity.measure = event.quantities.back().measure;
          quantity.unit = event.quantities.back().unit;
          quantity.period = event.quantities.back().period;
        }
        event.quantities.push_back(std::move(quantity));
      }
    row.packed = row.position().value << 8 |
                 row_kind(type, is_planned(row.kind()), !event.quantities.empty());
    events.push_back(std::move(stored));
  }
  return events;
}

}  // namespace solnoma::test
