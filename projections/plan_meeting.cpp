#include "projections/plan_meeting.hpp"

#include <algorithm>
#include <tuple>

#include "events/event_type.hpp"
#include "projections/rows.hpp"

namespace solnoma {
namespace {

/// The correction that holds and replaces a row; 0: there is none.
Revision replaced_by(Rows rows, const Effective& effective, std::size_t row) {
  const Revision by = effective.superseded_by[row];
  return by.value != 0 && !is_retraction(rows[index_of(by)]) ? by : Revision{};
}

/// The version of a fact that counts, of which `row` is one: what replaces it, or else what it
/// had replaced before it was withdrawn. 0: none counts.
Revision version_that_counts(Rows rows, const Effective& effective, std::size_t row) {
  while (!effective.counts(row)) {
    const Revision by = replaced_by(rows, effective, row);
    if (by.value != 0) return by;
    if (rows[row].supersedes == 0) return {};
    row = rows[row].supersedes - std::size_t{1};
  }
  return revision_of(row);
}

/// Actual events that count, in the order of the conservative world.
class Actuals {
 public:
  Actuals(Rows rows, const PlanKeys& keys, const Effective& effective)
      : rows_(rows), by_key_(keys.keys.size()) {
    std::vector<bool> names(rows.size());
    for (const PlanKeys::Naming& naming : keys.namings)
      if (naming.by.value <= rows.size()) names[index_of(naming.by)] = true;
    for (const std::size_t i : happened(rows, effective, kOpenFuture))
      if (!names[i]) by_key_[keys.keys[i]].push_back(i);
    name_all(keys, effective);
  }

  /// Those that name no plan, of a key.
  [[nodiscard]] const std::vector<std::size_t>& of_key(std::uint32_t key) const {
    return by_key_[key];
  }
  /// The first that names a plan; 0: none does.
  [[nodiscard]] Revision naming(std::size_t plan) const {
    return named_by_.empty() ? Revision{} : named_by_[plan];
  }

 private:
  [[nodiscard]] bool before(std::size_t a, std::size_t b) const {
    return std::tuple(rows_[a].latest, rows_[a].position()) <
           std::tuple(rows_[b].latest, rows_[b].position());
  }

  void name_all(const PlanKeys& keys, const Effective& effective) {
    if (keys.namings.empty()) return;
    named_by_.resize(rows_.size());
    // An event that is not known yet, nor by a correction of it, is not what an id means.
    const auto told = [&](Revision revision) {
      const std::size_t row = index_of(revision);
      return row < rows_.size() &&
             (effective.visible(row) || replaced_by(rows_, effective, row).value != 0);
    };
    const auto name = [&](Revision named, Revision by) {
      const Revision plan = version_that_counts(rows_, effective, index_of(named));
      if (plan.value == 0) return;
      Revision& first = named_by_[index_of(plan)];
      if (first.value == 0 || before(index_of(by), index_of(first))) first = by;
    };
    for (const auto& [by, own, others] : keys.namings) {
      if (by.value > rows_.size() || !effective.counts(index_of(by))) continue;
      if (own.value != 0 && told(own)) {
        name(own, by);
        continue;
      }
      for (const Revision other : others)
        if (told(other)) name(other, by);
    }
  }

  Rows rows_;
  std::vector<std::vector<std::size_t>> by_key_;
  std::vector<Revision> named_by_;
};

/// The first of the actual events of a plan's key that meets it, 0: none. They are in the order of
/// their latest days, so that where it matters when they happened the search begins behind those
/// that came too early.
Revision first_meeting(Rows rows, const Row& plan, const std::vector<std::size_t>& actuals) {
  const bool hindsight = plan.latest <= plan.known;
  const bool once = event_type(type_of_kind(plan.kind())).once;
  auto from = actuals.begin();
  if (!hindsight && !once)
    from = std::ranges::lower_bound(actuals, plan.known, {},
                                    [&](std::size_t i) { return rows[i].latest; });
  const auto first = std::find_if(
      from, actuals.end(), [&](std::size_t i) { return hindsight || rows[i].known > plan.known; });
  return first == actuals.end() ? Revision{} : revision_of(*first);
}

}  // namespace

std::vector<Revision> meetings(Rows rows, const PlanKeys& keys, const Effective& effective) {
  std::vector<Revision> result(rows.size());
  std::vector<std::size_t> plans;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (is_planned(rows[i].kind()) && effective.counts(i)) plans.push_back(i);
  if (plans.empty()) return result;
  const Actuals actuals(rows, keys, effective);
  for (const std::size_t i : plans) {
    result[i] = actuals.naming(i);
    if (result[i].value == 0)
      result[i] = first_meeting(rows, rows[i], actuals.of_key(keys.keys[i]));
  }
  return result;
}

}  // namespace solnoma
