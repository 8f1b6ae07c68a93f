#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/tree_head.hpp"
#include "projections/diff.hpp"
#include "tools/report/view/selection.hpp"
#include "tools/report/view/subject_views.hpp"

namespace solnoma {

/// What differs between two vantages for a subject, and the events to show it with.
struct DiffView {
  const SubjectView& view;  ///< as seen from the second vantage
  SubjectDiff diff;
};

/// How much of what differs is told: all; or only the statuses and plans that changed.
enum class DiffScope { all, statuses };

/// What differs between two vantages, subject by subject, to be gone through as often as a format
/// likes. Holds names only. The log must outlive it.
class Differences {
 public:
  /// `selection`: which events and plans are asked for; its subjects are `subjects` already.
  Differences(const Log& log, std::vector<NamedSubject> subjects, const Vantage& from,
              const Vantage& to, Selection selection = {}, DiffScope scope = DiffScope::all)
      : log_(&log),
        subjects_(std::move(subjects)),
        from_(from),
        to_(to),
        selection_(std::move(selection)),
        scope_(scope) {}

  [[nodiscard]] const Vantage& from() const { return from_; }
  [[nodiscard]] const Vantage& to() const { return to_; }
  /// How many subjects are gone through, whether they differ or not.
  [[nodiscard]] std::size_t subjects() const { return subjects_.size(); }
  /// What commits to the log that both vantages look at. Errors: corrupt, damaged_index, io.
  [[nodiscard]] Result<TreeHead> head() const;

  /// Calls `make(const DiffView&)` with every subject in which anything differs, several at a time,
  /// and `take(part)` with what each made, in the order of subjects. Memory and cost: as
  /// each_group(); of each subject, the events are read with which its difference is told, or with
  /// Shown::all everything is there. Errors: corrupt, io.
  template <class Make, class Take>
  [[nodiscard]] Result<void> each(const Make& make, const Take& take,
                                  Shown shown = Shown::names) const {
    using Part = std::optional<std::invoke_result_t<const Make&, const DiffView&>>;
    const auto part_of = [&](const SubjectView& view) -> Part {
      const DiffView each{view, narrowed(view, diff(view.rows, keys_of(view), from_, to_))};
      if (each.diff.empty()) return std::nullopt;
      return make(each);
    };
    auto subjects = may_differ();
    if (!subjects) return std::unexpected(subjects.error());
    return each_view(
        *log_, *subjects, {.vantage = to_, .shown = shown, .plan_keys_first = shown != Shown::all},
        part_of,
        [&](Part&& part) {
          if (part) take(std::move(*part));
        },
        [&](const SubjectView& view) { return shown_of(view, shown); });
  }

  /// The first day on which anything of these subjects became known; open: nothing is recorded.
  /// Errors: corrupt, io.
  [[nodiscard]] Result<Day> known_since() const;

 private:
  /// Those of which the rows alone do not rule it out. Of few subjects, all. Costs a pass over the
  /// index. Errors: corrupt, io.
  [[nodiscard]] Result<std::vector<NamedSubject>> may_differ() const;
  /// Those that a difference is told with; all, where the keys of plans are to be made of them.
  [[nodiscard]] std::optional<std::vector<Revision>> shown_of(const SubjectView& view,
                                                              Shown shown) const;
  [[nodiscard]] static PlanKeys keys_of(const SubjectView& view) {
    return view.plan_keys ? *view.plan_keys : plan_keys(view.events);
  }
  /// Without what was not asked for; where none is left that was, a changed status does not count.
  [[nodiscard]] SubjectDiff narrowed(const SubjectView& view, SubjectDiff diff) const;

  const Log* log_;
  std::vector<NamedSubject> subjects_;
  Vantage from_, to_;
  Selection selection_;
  DiffScope scope_;
};

}  // namespace solnoma
