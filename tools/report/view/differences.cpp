#include "tools/report/view/differences.hpp"

#include <algorithm>

#include "events/event_type.hpp"

namespace solnoma {

bool Differences::may_differ(const SubjectView& view) const {
  const auto planned = [](const Row& row) { return is_planned(row.kind()); };
  return std::ranges::any_of(view.rows, planned) || !diff(view.rows, {}, from_, to_).empty();
}

}  // namespace solnoma
