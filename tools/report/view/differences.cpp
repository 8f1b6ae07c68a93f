#include "tools/report/view/differences.hpp"

#include <algorithm>
#include <iterator>

#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "projections/rows.hpp"
#include "projections/sort_unique.hpp"

namespace solnoma {
namespace {

/// Of more subjects than this a pass over the index is cheaper than a look-up for each.
constexpr std::size_t kFew = 64;

/// Whether what a row tells may be otherwise at one vantage than at the other: it is seen from one
/// of them alone, or one of its days lies between them: its first, its last, the one on which it
/// is past, or that on which it became known.
bool may_tell_otherwise(const Row& row, const Vantage& from, const Vantage& to) {
  const auto seen = [&](const Vantage& vantage) {
    return row.known <= vantage.known_by && row.position() <= vantage.at;
  };
  const auto [first, last] = std::minmax(from.as_of, to.as_of);
  const auto between = [first, last](Day day) { return day > first && day <= last; };
  return seen(from) != seen(to) || between(row.earliest) || between(row.latest) ||
         (is_calendar_day(row.latest) && between(Day{row.latest.number + 1})) || between(row.known);
}

}  // namespace

Result<std::vector<NamedSubject>> Differences::may_differ() const {
  if (subjects_.size() < kFew) return subjects_;
  auto count = log_->subject_count();
  if (!count) return std::unexpected(count.error());
  std::vector<bool> may(*count);
  auto read = log_->all_rows([&](SubjectNumber number, Rows rows) {
    if (number.value < may.size())
      may[number.value] = std::ranges::any_of(
          rows, [&](const Row& row) { return may_tell_otherwise(row, from_, to_); });
    return true;
  });
  if (!read) return std::unexpected(read.error());
  std::vector<NamedSubject> subjects;
  std::ranges::copy_if(subjects_, std::back_inserter(subjects), [&](const NamedSubject& subject) {
    return subject.second.value < may.size() && may[subject.second.value];
  });
  return subjects;
}

std::optional<std::vector<Revision>> Differences::shown_of(const SubjectView& view,
                                                           Shown which) const {
  std::vector<Revision> shown;
  const auto planned = [](const Row& row) { return is_planned(row.kind()); };
  const bool lacks_keys = !view.plan_keys && std::ranges::any_of(view.rows, planned);
  const auto all = [&] {
    for (std::size_t i = 0; i < view.rows.size(); ++i) shown.push_back(revision_of(i));
    return shown;
  };
  if (lacks_keys) return all();
  const SubjectDiff found =
      narrowed(view, diff(view.rows, view.plan_keys ? *view.plan_keys : PlanKeys{}, from_, to_));
  if (found.empty()) return std::nullopt;
  if (which == Shown::all) return all();
  const auto add = [&](Revision revision) {
    if (revision.value != 0) shown.push_back(revision);
  };
  for (std::size_t i = 0; i < view.rows.size(); ++i)
    if (type_of_kind(view.rows[i].kind()) == kDescribed) add(revision_of(i));
  for (const EventChange& change : found.events)
    for (const Revision revision : {change.revision, change.was, change.by}) add(revision);
  for (const PlanChange& change : found.plans) add(change.plan.revision);
  std::ranges::for_each(found.before.because, add);
  std::ranges::for_each(found.after.because, add);
  sort_unique(shown);
  return shown;
}

SubjectDiff Differences::narrowed(const SubjectView& view, SubjectDiff diff) const {
  // What has no status differs in none, and is not told of for its sake.
  if (!has_status(view.subject)) diff.before = diff.after = {};
  const auto is_left_out = [&](Revision revision) {
    const Row& row = view.rows[index_of(revision)];
    return !selection_.takes(event_type(type_of_kind(row.kind())).name, {row.earliest, row.latest});
  };
  if (selection_.narrows_marks()) {
    std::erase_if(diff.events, [&](const EventChange& each) { return is_left_out(each.revision); });
    std::erase_if(diff.plans,
                  [&](const PlanChange& each) { return is_left_out(each.plan.revision); });
    if (diff.events.empty() && diff.plans.empty()) return {};
  }
  if (scope_ == DiffScope::statuses) diff.events.clear();
  return diff;
}

Result<TreeHead> Differences::head() const {
  auto head = log_->tree_head(std::min(std::max(from_.at, to_.at), log_->head()));
  if (!head) return std::unexpected(head.error());
  return *head;
}

Result<Day> Differences::known_since() const {
  Day first = kOpenFuture;
  const auto look = [&](Rows rows) {
    for (const Row& row : rows) first = std::min(first, row.known);
  };
  if (subjects_.size() < kFew) {
    for (const auto& [name, number] : subjects_) {
      auto rows = log_->rows(number);
      if (!rows) return std::unexpected(rows.error());
      look(*rows);
    }
    return first;
  }
  std::vector<SubjectNumber> chosen;
  for (const auto& [name, number] : subjects_) chosen.push_back(number);
  std::ranges::sort(chosen);
  auto read = log_->all_rows([&](SubjectNumber number, Rows rows) {
    if (std::ranges::binary_search(chosen, number)) look(rows);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return first;
}

}  // namespace solnoma
