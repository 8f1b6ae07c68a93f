#include "projections/event_changes.hpp"

#include <algorithm>
#include <array>

#include "projections/rows.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 8> kChangeNames = {
    "became-known",           "happened",   "corrected", "retracted",
    "recorded-and-retracted", "reinstated", "unknown",   "not-happened"};

constexpr Revision kNone{0};

class News {
 public:
  News(Rows rows, const Side& from, const Side& to)
      : rows_(rows), from_(from), to_(to), told_(rows.size()), replaced_(rows.size(), kNone) {
    for (std::size_t j = 0; j < rows_.size(); ++j) {
      const Revision by = to_.effective.superseded_by[j];
      if (!lost(j) || by == kNone || retracts(by)) continue;
      Revision& was = replaced_[index_of(by)];  // a version of the fact, rather than a retraction
      if (was == kNone || retracts(was) || !is_retraction(rows_[j])) was = revision_of(j);
    }
  }

  std::vector<EventChange> tell() && {
    const auto each = [&](bool retractions, auto tell_of) {
      for (std::size_t i = 0; i < rows_.size(); ++i)
        if (is_retraction(rows_[i]) == retractions && !is_told(i)) tell_of(i);
    };
    each(false, [&](std::size_t i) { tell_new(i); });  // first: it takes in what it stands for
    each(false, [&](std::size_t i) { tell_rest(i); });
    // Most retractions are part of the news of what they withdraw by now.
    each(true, [&](std::size_t i) {
      tell_new(i);
      tell_rest(i);
    });
    std::ranges::sort(news_, {}, &EventChange::revision);
    return std::move(news_);
  }

 private:
  void tell_rest(std::size_t i) {
    tell_lost(i);
    tell_withdrawn(i);
    if (!is_retraction(rows_[i])) tell_happened(i);
  }

  [[nodiscard]] bool stood(std::size_t i) const { return from_.effective.stands(i); }
  [[nodiscard]] bool stands(std::size_t i) const { return to_.effective.stands(i); }
  [[nodiscard]] bool lost(std::size_t i) const { return stood(i) && !stands(i); }
  [[nodiscard]] bool retracts(Revision by) const {
    return by != kNone && is_retraction(rows_[index_of(by)]);
  }

  /// Whether the second vantage sees what a retraction withdraws.
  [[nodiscard]] bool sees_target(std::size_t i) const {
    return rows_[i].supersedes == 0 || to_.effective.visible(rows_[i].supersedes - 1);
  }

  /// Whether it can have happened by that side's day; of a retraction, whether what it withdraws
  /// can.
  [[nodiscard]] bool reached(std::size_t i, const Side& side) const {
    while (is_retraction(rows_[i]) && rows_[i].supersedes != 0) i = rows_[i].supersedes - 1;
    const Row& row = rows_[i];
    return is_retraction(row) || (is_planned(row.kind()) ? row.known : row.earliest) <= side.as_of;
  }

  /// What withdraws an event is part of the news of that event.
  [[nodiscard]] bool is_told(std::size_t i) const {
    return told_[i] || (is_retraction(rows_[i]) && rows_[i].supersedes != 0 &&
                        told_[rows_[i].supersedes - std::size_t{1}]);
  }

  /// What does not matter, since it cannot have happened, is told by silence.
  void add(const EventChange& change, bool matters) {
    for (const Revision part : {change.revision, change.was, change.by})
      if (part != kNone) told_[index_of(part)] = true;
    if (matters) news_.push_back(change);
  }

  /// What stands at the second vantage only.
  void tell_new(std::size_t i) {
    if (stood(i) || !stands(i)) return;
    const bool seen = from_.effective.visible(i);
    const Revision over = from_.effective.superseded_by[i];  // whether it was seen or not
    if (is_retraction(rows_[i]) && over != kNone && told_[index_of(over)]) {
      told_[i] = true;  // it is there again because that one is gone
      return;
    }
    EventChange change{revision_of(i), seen ? Change::reinstated : Change::became_known, {}, {}};
    if (replaced_[i] != kNone) {
      change.was = replaced_[i];
      if (!seen) change.change = Change::corrected;
    } else if (over != kNone && !retracts(over) && lost(index_of(over))) {
      change.was = over;  // a correction that is withdrawn, or not known yet
    }
    if (seen && over != kNone) {
      const Revision by = to_.effective.superseded_by[index_of(over)];
      if (retracts(by)) change.by = by;
      told_[index_of(over)] = true;
    }
    change.ahead = !reached(i, to_);
    const bool was_there = change.was != kNone && reached(index_of(change.was), from_);
    add(change, !change.ahead || was_there);
  }

  /// What stood at the first vantage only, and nothing stands in its place.
  void tell_lost(std::size_t i) {
    if (!lost(i)) return;
    const Revision by = to_.effective.superseded_by[i];
    if (by != kNone && !retracts(by)) return;  // part of the news of what replaced it
    if (is_retraction(rows_[i]) && !sees_target(i)) return;
    if (!to_.effective.visible(i))
      add({revision_of(i), Change::unknown, {}, {}}, reached(i, from_));
    else
      add({revision_of(i), Change::retracted, {}, by}, reached(i, from_) || reached(i, to_));
  }

  /// What was recorded and withdrawn between the two.
  void tell_withdrawn(std::size_t i) {
    if (from_.effective.visible(i) || !to_.effective.visible(i) || stands(i)) return;
    const Revision by = to_.effective.superseded_by[i];
    if (retracts(by))  // otherwise a version that was replaced: the last one is told
      add({revision_of(i), Change::recorded_and_retracted, {}, by}, reached(i, to_));
  }

  /// What stands at both, and is there, or had happened, at one of the two.
  void tell_happened(std::size_t i) {
    if (!stood(i) || !stands(i)) return;
    const bool plan = is_planned(rows_[i].kind());
    const Day day = plan ? rows_[i].known : rows_[i].latest;
    const bool before = day <= from_.as_of;
    const bool after = day <= to_.as_of;
    if (!before && after)
      add({revision_of(i), plan ? Change::became_known : Change::happened, {}, {}}, true);
    if (before && !after)
      add({revision_of(i), plan ? Change::unknown : Change::not_happened, {}, {}}, true);
  }

  Rows rows_;
  const Side& from_;
  const Side& to_;
  std::vector<bool> told_;          // by row: is part of a piece of news
  std::vector<Revision> replaced_;  // by row: what stood at the first, and this one replaces
  std::vector<EventChange> news_;
};

}  // namespace

std::string_view name(Change change) {
  return kChangeNames[static_cast<std::size_t>(change)];
}

std::vector<EventChange> event_changes(Rows rows, const Side& from, const Side& to) {
  return News(rows, from, to).tell();
}

}  // namespace solnoma
