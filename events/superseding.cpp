#include "events/superseding.hpp"

#include <algorithm>
#include <vector>

#include "events/event_type.hpp"

namespace solnoma {
namespace {

bool is_retraction(std::uint8_t kind) {
  return type_of_kind(kind) == kRetracted;
}

}  // namespace

Revision in_the_way(Rows rows, Revision target, std::uint8_t kind) {
  // What supersedes is always the later row: one pass from the newest to the target decides.
  std::vector<Revision> superseded_by(rows.size());
  const auto corrects = [&](Revision by) {
    return by.value != 0 && !is_retraction(rows[by.value - 1].kind());
  };
  for (auto revision = static_cast<std::uint32_t>(rows.size()); revision > target.value;
       --revision) {
    const Row& row = rows[revision - 1];
    if (row.supersedes < target.value) continue;
    const Revision by = superseded_by[revision - 1];
    Revision& target_by = superseded_by[row.supersedes - 1];
    const bool holds = by.value == 0;
    if (corrects(by))  // that replaces all before it in the chain, whether this row holds or not
      target_by = corrects(target_by) ? std::max(target_by, by) : by;
    else if (holds && !is_retraction(row.kind()))
      target_by =
          corrects(target_by) ? std::max(target_by, Revision{revision}) : Revision{revision};
    else if (holds && target_by.value == 0)
      target_by = Revision{revision};
  }
  const Revision by = superseded_by[target.value - 1];
  return is_retraction(kind) && !corrects(by) ? Revision{0} : by;
}

}  // namespace solnoma
