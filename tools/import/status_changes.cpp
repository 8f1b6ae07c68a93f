#include "tools/import/status_changes.hpp"

#include <optional>

#include "events/subject.hpp"
#include "projections/status.hpp"
#include "projections/steps.hpp"

namespace solnoma {

Result<StatusChanges> status_changes(const Log& log, Position before, Day as_of) {
  StatusChanges changes;
  std::optional<Error> error;
  const auto visit = [&](SubjectNumber number, Rows rows) {
    if (rows.empty() || rows.back().position() <= before) return true;
    const auto status_at = [&](Position at) {
      return status(steps(rows, effective(rows, {.at = at})), as_of).status;
    };
    const Status from = status_at(before), to = status_at(kNewest);
    if (from == to) return true;
    auto name = log.subject_name(number);
    if (!name) {
      error = name.error();
      return false;
    }
    if (!has_status(*name)) return true;
    ++changes.counts[{from, to}];
    if (changes.first.size() < StatusChanges::kNamed)
      changes.first.push_back({std::move(*name), from, to});
    return true;
  };
  auto read = log.all_rows(visit);
  if (error) return std::unexpected(*error);
  if (!read) return std::unexpected(read.error());
  return changes;
}

}  // namespace solnoma
