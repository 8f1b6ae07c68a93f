#include "tools/import/snapshot/fact.hpp"

#include "events/event_type.hpp"
#include "projections/usual_accrual.hpp"

namespace solnoma {
namespace {

bool is_level(const Event& event) {
  const Quantity& figure = event.quantities.front();
  if (!figure.period.empty()) return false;
  const Accrual accrual = figure.accrual == Accrual::by_measure
                              ? usual_accrual(figure.measure, type_code(event.type))
                              : figure.accrual;
  return accrual != Accrual::flow;
}

}  // namespace

FactKey fact_key(const Event& event) {
  FactKey key{event.modality, event.type, event.part, {}, {}};
  if (!event.quantities.empty()) {
    key.measure = event.quantities.front().measure;
    key.period = event.quantities.front().period;
  }
  return key;
}

FactChange fact_change(const Event& before, const Event& now) {
  if (now.description && before.description != now.description) return FactChange::description;
  if (!now.occurred.empty() && before.occurred != now.occurred)
    return now.modality == Modality::planned ? FactChange::target : FactChange::date;
  if (!now.quantities.empty() && before.quantities != now.quantities)
    return is_level(now) ? FactChange::figure : FactChange::amount;
  if (!now.label.empty() && before.label != now.label) return FactChange::label;
  return FactChange::none;
}

}  // namespace solnoma
