#include <algorithm>
#include <string_view>

#include "events/event_type.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/oracle_words.hpp"

namespace solnoma::oracle {
namespace {

/// "It holds, and no event that holds replaces it": it counts, or withdraws another.
bool stands(Rows rows, std::size_t row, const Vantage& vantage) {
  return visible(rows, row, vantage) && superseded_by(rows, row, vantage).value == 0;
}

/// "What cannot have happened by the as_of of a vantage is not there yet"; a plan is there from
/// the day on which it became known, a retraction with what it withdraws.
bool there(Rows rows, std::size_t row, const Vantage& vantage) {
  if (is_retraction(rows[row]))
    return rows[row].supersedes == 0 || there(rows, rows[row].supersedes - std::size_t{1}, vantage);
  return (is_planned(rows[row].kind()) ? rows[row].known : rows[row].earliest) <= vantage.as_of;
}

/// The retraction by which a row is withdrawn and not replaced; 0: none.
Revision withdrawn_by(Rows rows, std::size_t row, const Vantage& vantage) {
  const Revision by = superseded_by(rows, row, vantage);
  return by.value != 0 && is_retraction(rows[by.value - 1]) ? by : Revision{0};
}

struct Question {
  Rows rows;
  const Vantage& from;
  const Vantage& to;

  [[nodiscard]] bool is_new(std::size_t row) const {
    return !stands(rows, row, from) && stands(rows, row, to);
  }
  [[nodiscard]] bool is_gone(std::size_t row) const {
    return stands(rows, row, from) && !stands(rows, row, to);
  }

  /// Of those that are new and replace a row, the newest; 0: none.
  [[nodiscard]] Revision successor(std::size_t row) const {
    Revision newest{0};
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (is_new(i) && replaces(rows, i, row)) newest = revision_of(i);
    return newest;
  }

  /// "The version that stood at the first in its place": what it replaces (an event rather than
  /// a retraction), else what had replaced it.
  [[nodiscard]] Revision predecessor(std::size_t row) const {
    Revision event{0};
    Revision retraction{0};
    Revision correction{0};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!is_gone(i)) continue;
      if (successor(i) == revision_of(row))
        (is_retraction(rows[i]) ? retraction : event) = revision_of(i);
      if (replaces(rows, i, row)) correction = revision_of(i);
    }
    return event.value != 0 ? event : retraction.value != 0 ? retraction : correction;
  }
};

/// Tells the rows one after the other. What is told, or is silent because it cannot have happened,
/// is not told again, nor is a retraction of it.
class Teller {
 public:
  explicit Teller(const Question& question) : q_(question), told_(question.rows.size()) {}

  std::vector<EventChange> tell() {
    for (std::size_t i = 0; i < q_.rows.size(); ++i)
      if (!is_retraction(q_.rows[i]) && q_.is_new(i)) appeared(i);
    for (std::size_t i = 0; i < q_.rows.size(); ++i)
      if (!is_retraction(q_.rows[i]) && !told_[i]) others(i);
    for (std::size_t i = 0; i < q_.rows.size(); ++i) {
      if (!is_retraction(q_.rows[i]) || told_[i]) continue;
      if (const auto of = q_.rows[i].supersedes; of != 0 && told_[of - 1]) continue;
      const Revision over = superseded_by(q_.rows, i, q_.from);
      if (q_.is_new(i) && over.value != 0 && told_[over.value - 1])
        told_[i] = true;
      else if (q_.is_new(i))
        appeared(i);
      else
        others(i);
    }
    std::ranges::stable_sort(changes_, {}, &EventChange::revision);
    return changes_;
  }

 private:
  void add(EventChange change, bool matters) {
    for (const Revision part : {change.revision, change.was, change.by})
      if (part.value != 0) told_[part.value - 1] = true;
    if (matters) changes_.push_back(change);
  }

  void appeared(std::size_t i) {
    const Revision was = q_.predecessor(i);
    const bool seen = visible(q_.rows, i, q_.from);
    EventChange change{revision_of(i), Change::became_known, was, {}};
    if (seen) {
      change.change = Change::reinstated;
      const Revision over = superseded_by(q_.rows, i, q_.from);
      change.by = withdrawn_by(q_.rows, over.value - 1, q_.to);
      told_[over.value - 1] = true;
    } else if (was.value != 0 && was.value - 1 < i) {
      change.change = Change::corrected;
    }
    change.ahead = !there(q_.rows, i, q_.to);
    add(change, !change.ahead || (was.value != 0 && there(q_.rows, was.value - 1, q_.from)));
  }

  void others(std::size_t i) {
    const Row& row = q_.rows[i];
    const bool seen_before = visible(q_.rows, i, q_.from);
    const bool seen_after = visible(q_.rows, i, q_.to);
    const Revision by = withdrawn_by(q_.rows, i, q_.to);
    const bool before = there(q_.rows, i, q_.from);
    const bool after = there(q_.rows, i, q_.to);
    if (q_.is_gone(i)) {
      if (q_.successor(i).value != 0) return;
      if (is_retraction(row) && row.supersedes != 0 &&
          !visible(q_.rows, row.supersedes - std::size_t{1}, q_.to))
        return;  // neither it nor what it withdraws is known yet
      if (seen_after)
        add({revision_of(i), Change::retracted, {}, by}, before || after);
      else
        add({revision_of(i), Change::unknown, {}, {}}, before);
    } else if (!seen_before && seen_after && by.value != 0) {
      add({revision_of(i), Change::recorded_and_retracted, {}, by}, after);
    } else if (stands(q_.rows, i, q_.from) && stands(q_.rows, i, q_.to) && !is_retraction(row)) {
      const bool plan = is_planned(row.kind());
      const bool by_from = plan ? before : row.latest <= q_.from.as_of;
      const bool by_to = plan ? after : row.latest <= q_.to.as_of;
      if (!by_from && by_to)
        add({revision_of(i), plan ? Change::became_known : Change::happened, {}, {}}, true);
      if (by_from && !by_to)
        add({revision_of(i), plan ? Change::unknown : Change::not_happened, {}, {}}, true);
    }
  }

  const Question& q_;
  std::vector<bool> told_;
  std::vector<EventChange> changes_;
};

}  // namespace

std::vector<EventChange> event_changes(Rows rows, const Vantage& from, const Vantage& to) {
  return Teller({rows, from, to}).tell();
}

}  // namespace solnoma::oracle
