#include "projections/figures.hpp"

#include <algorithm>

#include "events/event_type.hpp"
#include "projections/rows.hpp"
#include "projections/usual_accrual.hpp"

namespace solnoma {
namespace {

bool same_figure(const Figure& figure, const Quantity& quantity, const std::string& part) {
  const Quantity& known = figure.quantity;
  return known.measure == quantity.measure && known.unit == quantity.unit &&
         known.period == quantity.period && figure.part == part;
}

Accrual accrual_of(const Quantity& quantity, TypeCode type, Accrual said) {
  if (quantity.accrual != Accrual::by_measure) return quantity.accrual;
  const Accrual usual = usual_accrual(quantity.measure, type);
  return usual != Accrual::by_measure ? usual : said;
}

}  // namespace

void FigureFold::record(const Told& told, const Event& event, const Row& row, Revision revision) {
  const Quantity& quantity = told.quantity;
  const auto same = std::ranges::find_if(
      figures_, [&](const Figure& figure) { return same_figure(figure, quantity, event.part); });
  const auto place = static_cast<std::size_t>(same - figures_.begin());
  if (same == figures_.end()) {
    figures_.emplace_back();
    behind_.emplace_back();
  }
  Figure& figure = figures_[place];
  Behind& behind = behind_[place];

  figure.flow = accrual_of(quantity, type_of_kind(row.kind()), behind.said) == Accrual::flow;
  if (quantity.accrual != Accrual::by_measure) behind.said = quantity.accrual;
  auto amount = amount_of(told);
  const bool adds = figure.flow && behind.amount && amount;
  behind.amount = adds ? sum(*behind.amount, *amount) : std::move(amount);
  Told now = told;
  if (adds)
    tell(*behind.amount, now);
  else
    figure.from.clear();
  figure.quantity = std::move(now.quantity);
  figure.ends = now.ends;
  figure.part = event.part;
  if (figure.from.empty() || figure.from.back() != revision) figure.from.push_back(revision);
  figure.bounds = {row.earliest, row.latest};
}

void FigureFold::add(const Event& event, const Row& row, Revision revision) {
  bool counted = false;
  for (const Told& told : told_by(event)) {
    counted = counted || told.quantity.measure == kBuildings;
    record(told, event, row, revision);
  }
  if (type_of_kind(row.kind()) != kBuildingCompleted || counted) return;
  Quantity one;
  one.measure = one.unit = kBuildings;
  one.value = "1";
  record({one}, event, row, revision);
}

bool bears_figures(const Row& row) {
  return !is_planned(row.kind()) &&
         (is_measured(row.kind()) || type_of_kind(row.kind()) == kBuildingCompleted);
}

std::vector<Figure> figures(const SubjectEvents& events, Rows rows, const Effective& effective,
                            const Vantage& vantage) {
  FigureFold fold;
  for (const std::size_t i : happened(rows, effective, vantage.as_of))
    fold.add(events[i].event, rows[i], revision_of(i));
  return fold.figures();
}

Revision described_by(const SubjectEvents& events, const Effective& effective) {
  for (std::size_t i = events.size(); i-- > 0;)
    if (effective.counts(i) && events[i].event.description) return revision_of(i);
  return {};
}

const Description* description(const SubjectEvents& events, const Effective& effective) {
  const Revision by = described_by(events, effective);
  return by.value == 0 ? nullptr : &*events[index_of(by)].event.description;
}

}  // namespace solnoma
