#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "events/chronicle.hpp"
#include "projections/effective.hpp"

namespace solnoma {

/// Runs a projection of your own over a log at any vantage.
///
/// A projection is any value with `void apply(const StoredEvent&)`. It is shown every
/// effective actual event that had certainly happened as of the vantage, subject by
/// subject in the order of subject numbers, within a subject in the order of latest day,
/// then position: the conservative world. `prefix` chooses subjects ("park/"; empty: all).
///
/// The projection's own code stays pure; this reads the log it is handed. Memory: one
/// subject's events. Errors: corrupt, io.
template <class Projection>
[[nodiscard]] Result<Projection> replay(const Log& log, const Vantage& vantage,
                                        Projection projection, std::string_view prefix = {}) {
  std::optional<Error> error;
  auto read = log.all_rows([&](SubjectNumber subject, Rows rows) {
    auto name = log.subject_name(subject);
    if (!name) {
      error = name.error();
      return false;
    }
    if (!std::string_view(*name).starts_with(prefix)) return true;
    std::vector<Position> positions;
    for (const std::size_t i : happened(rows, effective(rows, vantage), vantage.as_of))
      positions.push_back(rows[i].position());
    auto events = fetch(log, positions);
    if (!events) {
      error = events.error();
      return false;
    }
    for (const StoredEvent& event : *events) projection.apply(event);
    return true;
  });
  if (error) return std::unexpected(*error);
  if (!read) return std::unexpected(read.error());
  return projection;
}

}  // namespace solnoma
