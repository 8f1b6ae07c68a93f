#include "projections/amount.hpp"

#include <algorithm>

#include "events/text/decimal.hpp"

namespace solnoma {
namespace {

bool is_lower(Bound bound) {
  return bound == Bound::more_than || bound == Bound::slightly_more_than ||
         bound == Bound::at_least;
}

bool is_upper(Bound bound) {
  return bound == Bound::less_than || bound == Bound::at_most;
}

/// The range between a lower and an upper bound of the same thing, told in any order; empty where
/// these are none, or leave nothing between them.
std::optional<Told> range(const Told& first, const Told& second) {
  const Quantity& a = first.quantity;
  const Quantity& b = second.quantity;
  if (a.measure != b.measure || a.unit != b.unit || a.period != b.period) return std::nullopt;
  const bool ascending = is_lower(a.bound) && is_upper(b.bound);
  if (!ascending && !(is_upper(a.bound) && is_lower(b.bound))) return std::nullopt;
  const auto lower = amount_of(ascending ? first : second);
  const auto upper = amount_of(ascending ? second : first);
  if (!lower || !upper) return std::nullopt;
  const Amount both{.low = lower->low,
                    .high = upper->high,
                    .excluded = {lower->excluded.value, upper->excluded.upper}};
  const auto order = compare_decimals(both.low, both.high);
  if (order > 0 || (order == 0 && both.excluded != Excluded{})) return std::nullopt;
  Told told = second;
  if (told.quantity.accrual == Accrual::by_measure) told.quantity.accrual = a.accrual;
  tell(both, told);
  return told;
}

}  // namespace

std::string_view name(Open open) {
  return open == Open::above ? "above" : open == Open::below ? "below" : "";
}

std::vector<Told> told_by(const Event& event) {
  std::vector<Told> all;
  for (const Quantity& quantity : event.quantities) {
    Told told{quantity};
    std::optional<Told> both;
    const auto other = std::ranges::find_if(all, [&](const Told& each) {
      both = range(each, told);
      return both.has_value();
    });
    if (other != all.end()) {
      all.erase(other);
      told = std::move(*both);
    }
    all.push_back(std::move(told));
  }
  return all;
}

std::optional<Amount> amount_of(const Told& told) {
  const Quantity& quantity = told.quantity;
  if (!is_any_decimal(quantity.value)) return std::nullopt;
  Amount amount{.low = quantity.value, .high = quantity.value};
  switch (quantity.bound) {
    case Bound::exact:
      break;
    case Bound::more_than:
    case Bound::slightly_more_than:
      amount.excluded.value = true;
      [[fallthrough]];
    case Bound::at_least:
      amount.open_above = true;
      break;
    case Bound::less_than:
      amount.excluded.upper = true;
      [[fallthrough]];
    case Bound::at_most:
      amount.open_below = true;
      break;
    case Bound::about:
      amount.about = true;
      amount.open_above = told.ends.open == Open::above;
      amount.open_below = told.ends.open == Open::below;
      if (is_any_decimal(quantity.upper)) amount.high = quantity.upper;
      break;
    case Bound::between:
      if (!is_any_decimal(quantity.upper)) return std::nullopt;
      amount.high = quantity.upper;
      amount.excluded = told.ends.excluded;
      break;
  }
  return amount;
}

Amount sum(const Amount& a, const Amount& b) {
  return {.low = decimal_sum(a.low, b.low),
          .high = decimal_sum(a.high, b.high),
          .open_below = a.open_below || b.open_below,
          .open_above = a.open_above || b.open_above,
          .excluded = {a.excluded.value || b.excluded.value, a.excluded.upper || b.excluded.upper},
          .about = a.about || b.about};
}

void tell(const Amount& amount, Told& told) {
  Quantity& quantity = told.quantity;
  const auto middle = [&] { return decimal_half(decimal_sum(amount.low, amount.high)); };
  quantity.value = amount.low;
  quantity.upper.clear();
  told.ends = {};
  const bool apart = compare_decimals(amount.low, amount.high) != 0;
  if (amount.open_below && amount.open_above) {
    quantity.bound = Bound::about;
    quantity.value = middle();
  } else if (amount.about) {
    quantity.bound = Bound::about;
    told.ends.open = amount.open_above ? Open::above : amount.open_below ? Open::below : Open::none;
    if (amount.open_below) quantity.value = amount.high;
    if (told.ends.open != Open::none) return;
    if (apart)
      quantity.upper = amount.high;
    else
      quantity.value = middle();
  } else if (amount.open_above) {
    quantity.bound = amount.excluded.value ? Bound::more_than : Bound::at_least;
  } else if (amount.open_below) {
    quantity.bound = amount.excluded.upper ? Bound::less_than : Bound::at_most;
    quantity.value = amount.high;
  } else if (!apart) {
    quantity.bound = Bound::exact;
    quantity.value = middle();  // as precise as the more precise end
  } else {
    quantity.bound = Bound::between;
    quantity.upper = amount.high;
    told.ends.excluded = amount.excluded;
  }
}

}  // namespace solnoma
