#include "events/text/decimal.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "events/validate/field.hpp"

namespace solnoma {
namespace {

Outcome check_decimal(const Field& field, const std::string& value) {
  if (is_decimal(value)) return {};
  return wrong(field, fmt::format("'{}' is no decimal number", clipped(value)),
               "write digits with at most one point, as in 10 or 10.2");
}

Outcome check_range(const Field& field, const Quantity& value) {
  const Field upper(field, "upper");
  if (value.bound != Bound::between)
    return value.upper.empty() ? Outcome{}
                               : wrong(upper, "only a quantity with the bound between has one",
                                       "write \"bound\":\"between\", or take it out");
  if (value.upper.empty())
    return wrong(upper, "this field is missing", "give the upper end beside value");
  if (auto ok = check_decimal(upper, value.upper); !ok) return ok;
  if (compare_decimals(value.value, value.upper) > 0)
    return wrong(upper, fmt::format("it is less than value: {} < {}", value.upper, value.value),
                 "exchange them");
  return {};
}

}  // namespace

Outcome check_quantity(const Field& field, const Quantity& value) {
  const Field measure(field, "measure");
  if (value.measure.empty())
    return wrong(measure, "'' is no measure",
                 "write it in lower-case letters, digits and hyphens, as in residents");
  if (auto ok = check_slug(measure, value.measure, "measure", "residents"); !ok) return ok;
  if (auto ok = check_decimal(Field(field, "value"), value.value); !ok) return ok;
  if (auto ok = check_range(field, value); !ok) return ok;
  if (auto ok = check_required(Field(field, "unit"), value.unit); !ok) return ok;
  return check_date(Field(field, "period"), value.period);
}

}  // namespace solnoma
