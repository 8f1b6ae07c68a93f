#include "tools/import/already_recorded.hpp"

#include <algorithm>

#include "events/chronicle.hpp"
#include "projections/effective.hpp"
#include "projections/rows.hpp"

namespace solnoma {

void AlreadyRecorded::add(const std::string& subject, Position position) {
  subjects_.insert(subject);
  if (!runs_.empty() && runs_.back().second.next() == position)
    runs_.back().second = position;
  else
    runs_.emplace_back(position, position);
}

void AlreadyRecorded::merge() {
  std::ranges::sort(runs_);
  std::vector<std::pair<Position, Position>> merged;
  for (const auto& run : runs_) {
    if (!merged.empty() && run.first <= merged.back().second.next())
      merged.back().second = std::max(merged.back().second, run.second);
    else
      merged.push_back(run);
  }
  runs_ = std::move(merged);
}

bool AlreadyRecorded::has(Position position) const {
  const auto after =
      std::ranges::upper_bound(runs_, position, {}, &std::pair<Position, Position>::first);
  return after != runs_.begin() && position <= std::prev(after)->second;
}

Result<std::vector<AlreadyRecorded::Retracted>> AlreadyRecorded::retracted(const Log& log,
                                                                           Position before) {
  merge();
  std::vector<Position> positions;  // an event and what retracts it, in turn
  for (const std::string& subject : subjects_) {
    auto number = log.subject(subject);
    if (!number) return std::unexpected(number.error());
    if (!*number) continue;
    auto rows = log.rows(**number);
    if (!rows) return std::unexpected(rows.error());
    const Effective all = effective(*rows, {});
    for (std::size_t i = 0; i < rows->size(); ++i) {
      const Revision by = all.superseded_by[i];
      if (by.value == 0 || !has((*rows)[i].position())) continue;
      const Row& row = (*rows)[index_of(by)];
      if (!is_retraction(row) || has(row.position()) || row.position() > before) continue;
      positions.push_back((*rows)[i].position());
      positions.push_back(row.position());
    }
  }
  auto events = fetch(log, positions);
  if (!events) return std::unexpected(events.error());
  std::vector<Retracted> retracted;
  for (std::size_t i = 0; i + 1 < events->size(); i += 2)
    retracted.push_back(
        {(*events)[i].event.id, (*events)[i + 1].event.id, (*events)[i + 1].position});
  return retracted;
}

}  // namespace solnoma
