#include "engine/append/chains.hpp"

#include "engine/base/check.hpp"

namespace solnoma {

void Chains::Subject::add(const Row& row) {
  rows.push_back(row);
  superseded.push_back(false);
  if (row.supersedes != 0) superseded[row.supersedes - 1] = true;
}

void Chains::revert(std::size_t staged) {
  for (; placed_ > staged; --placed_) staged_of_[staged_[placed_ - 1].subject].pop_back();
  for (; counted_ > staged; --counted_) {
    const StagedEvent& event = staged_[counted_ - 1];
    if (event.supersedes.value != 0) --superseding_[event_key(event.subject, event.supersedes)];
  }
}

void Chains::nothing_staged() {
  superseding_.clear();
  counted_ = 0;
  staged_of_.clear();
  placed_ = 0;
}

void Chains::count_staged() {
  for (; counted_ < staged_.size(); ++counted_) {
    const StagedEvent& event = staged_[counted_];
    if (event.supersedes.value != 0) ++superseding_[event_key(event.subject, event.supersedes)];
  }
}

const std::vector<std::size_t>& Chains::staged_of(SubjectNumber number) {
  for (; placed_ < staged_.size(); ++placed_)
    staged_of_[staged_[placed_].subject].push_back(placed_);
  return staged_of_[number];
}

Result<Position> Chains::in_the_way(SubjectNumber number, Revision newest, Revision target,
                                    std::uint8_t kind) {
  const auto& rule = log_.indexer.in_the_way;
  if (!rule || target == newest) return Position{0};
  count_staged();
  const auto staged = superseding_.find(event_key(number, target));
  if (staged == superseding_.end() || staged->second == 0) {
    auto recorded = superseded_.find(number, target);
    if (!recorded) return std::unexpected(recorded.error());
    if (*recorded == SupersededCache::Answer::no) return Position{0};
  }
  auto subject = this->subject(number, newest);
  if (!subject) return std::unexpected(subject.error());
  const auto& [rows, superseded] = **subject;
  if (!superseded[target.value - 1]) return Position{0};
  const Revision by = rule(rows, target, kind);
  return by.value == 0 ? Position{0} : rows[by.value - 1].position();
}

/// Its rows may lack what was staged since the request began.
Result<Chains::Subject*> Chains::subject(SubjectNumber number, Revision newest) {
  const auto [entry, is_new] = subjects_.try_emplace(number);
  Subject& subject = entry->second;
  if (is_new) {
    auto index = log_.current_index();
    if (!index) return std::unexpected(index.error());
    auto rows = (*index)->rows(number, log_.head());
    if (!rows) return std::unexpected(rows.error());
    for (const Row& row : *rows) subject.add(row);
  }
  // What the log does not hold yet stands at the end of what is staged.
  const std::vector<std::size_t>& own = staged_of(number);
  const std::size_t missing = newest.value - subject.rows.size();
  SOLNOMA_CHECK(missing <= own.size());
  for (std::size_t i = own.size() - missing; i < own.size(); ++i) {
    const StagedEvent& staged = staged_[own[i]];
    subject.add(Row(staged.event->dating, staged.position, staged.supersedes));
  }
  return &subject;
}

}  // namespace solnoma
