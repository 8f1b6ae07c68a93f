#include "projections/steps.hpp"

namespace solnoma {

std::vector<Step> steps(Rows rows, const Effective& effective) {
  std::vector<Step> result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!effective.counts(i)) continue;
    const Row& row = rows[i];
    const TypeCode code = type_of_kind(row.kind());
    const Revision revision{static_cast<std::uint32_t>(i + 1)};
    if (is_planned(row.kind())) {
      if (code == kDescribed || code == kRetracted) continue;  // nothing is planned by these
      result.push_back(
          {row.known, row.known, row.position(), revision, Effect::raise, Stage::announced, true});
    } else if (const EventType type = event_type(code); type.effect != Effect::none) {
      result.push_back(
          {row.earliest, row.latest, row.position(), revision, type.effect, type.stage, false});
    }
  }
  return result;
}

}  // namespace solnoma
