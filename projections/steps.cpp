#include "projections/steps.hpp"

#include "projections/rows.hpp"

namespace solnoma {

std::optional<Step> step_of(const Row& row, Revision revision) {
  const TypeCode code = type_of_kind(row.kind());
  if (is_planned(row.kind())) {
    if (code == kDescribed || code == kRetracted) return {};  // nothing is planned by these
    return Step{row.known,        row.known, row.position(), revision, Effect::raise,
                Stage::announced, true};
  }
  const EventType type = event_type(code);
  if (type.effect == Effect::none) return {};
  return Step{row.earliest, row.latest, row.position(), revision, type.effect, type.stage, false};
}

std::vector<Step> steps(Rows rows, const Effective& effective) {
  std::vector<Step> result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!effective.counts(i)) continue;
    if (const auto step = step_of(rows[i], revision_of(i))) result.push_back(*step);
  }
  return result;
}

}  // namespace solnoma
