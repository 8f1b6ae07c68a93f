#include "projections/materialized_view.hpp"

#include <map>
#include <vector>

#include "events/chronicle.hpp"
#include "projections/effective.hpp"

namespace solnoma {
namespace {

// What is written at once where everything is folded: enough that writing costs little.
constexpr std::size_t kPart = 1'000;

}  // namespace

Result<ViewStates::Change> SubjectFolds::fold_one(std::string subject, Rows rows,
                                                  Position upto) const {
  // The log may go on meanwhile: what came after `upto` is folded in next time.
  const Vantage vantage{.at = upto};
  std::vector<Position> positions;
  for (const std::size_t i : happened(rows, effective(rows, vantage), vantage.as_of))
    positions.push_back(rows[i].position());
  if (positions.empty()) return ViewStates::Change{std::move(subject), std::nullopt};
  auto events = fetch(*log_, positions);
  if (!events) return std::unexpected(events.error());
  return ViewStates::Change{std::move(subject), fold_(*events)};
}

Result<void> SubjectFolds::fold_all(Position upto) {
  std::vector<ViewStates::Change> part;
  Result<void> ok;
  auto read = log_->all_rows([&](SubjectNumber number, Rows rows) {
    auto subject = log_->subject_name(number);
    if (!subject) {
      ok = std::unexpected(subject.error());
      return false;
    }
    if (!subject->starts_with(prefix_)) return true;
    auto change = fold_one(std::move(*subject), rows, upto);
    if (!change) {
      ok = std::unexpected(change.error());
      return false;
    }
    if (change->state) part.push_back(std::move(*change));
    if (part.size() < kPart) return true;
    ok = states_.save_part(part);
    part.clear();
    return ok.has_value();
  });
  if (!ok) return ok;
  if (!read) return read;
  return states_.save(upto, part);
}

Result<void> SubjectFolds::fold_touched(Position upto) {
  std::map<SubjectNumber, std::string> touched;
  auto read = log_->read(Position{states_.position().value + 1}, Direction::forwards,
                         [&](const RecordedEvent& event) {
                           if (event.position > upto) return false;
                           if (event.subject.starts_with(prefix_))
                             touched.try_emplace(event.subject_number, event.subject);
                           return event.position < upto;
                         });
  if (!read) return read;
  std::vector<ViewStates::Change> changes;
  changes.reserve(touched.size());
  for (auto& [number, subject] : touched) {
    auto rows = log_->rows(number);
    if (!rows) return std::unexpected(rows.error());
    auto change = fold_one(std::move(subject), *rows, upto);
    if (!change) return std::unexpected(change.error());
    changes.push_back(std::move(*change));
  }
  return states_.save(upto, changes);
}

Result<Position> SubjectFolds::catch_up() {
  const Position upto = log_->head();
  if (states_.position() < upto) {
    auto ok = states_.position() == Position{0} ? fold_all(upto) : fold_touched(upto);
    if (!ok) return std::unexpected(ok.error());
  }
  return states_.position();
}

}  // namespace solnoma
