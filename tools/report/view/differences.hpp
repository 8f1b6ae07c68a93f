#pragma once

#include <string>
#include <utility>
#include <vector>

#include "projections/diff.hpp"
#include "tools/report/view/subject_views.hpp"

namespace solnoma {

/// What differs between two vantages for a subject, and the events to show it with.
struct DiffView {
  const SubjectView& view;  ///< as seen from the second vantage
  SubjectDiff diff;
};

/// What differs between two vantages, subject by subject, to be gone through as often as a format
/// likes. Holds names only. The log must outlive it.
class Differences {
 public:
  Differences(const Log& log, std::vector<NamedSubject> subjects, const Vantage& from,
              const Vantage& to)
      : log_(&log), subjects_(std::move(subjects)), from_(from), to_(to) {}

  [[nodiscard]] const Vantage& from() const { return from_; }
  [[nodiscard]] const Vantage& to() const { return to_; }

  /// Calls `make(const DiffView&)` with every subject in which anything differs, several at a time,
  /// and `take(part)` with the text that each made, in the order of subjects. Memory and cost: as
  /// each_group(); of each subject, the events are read with which its difference is told. Errors:
  /// corrupt, io.
  template <class Make, class Take>
  [[nodiscard]] Result<void> each(const Make& make, const Take& take) const {
    const auto text = [&](const SubjectView& view) {
      const DiffView each{view, diff(view.rows, keys_of(view), from_, to_)};
      return each.diff.empty() ? std::string() : make(each);
    };
    return each_view(
        *log_, subjects_, {.vantage = to_, .shown = Shown::names, .plan_keys_first = true}, text,
        [&](const std::string& part) {
          if (!part.empty()) take(part);
        },
        [&](const SubjectView& view) { return shown_of(view); });
  }

 private:
  /// Those that a difference is told with; all, where the keys of plans are to be made of them.
  [[nodiscard]] std::optional<std::vector<Revision>> shown_of(const SubjectView& view) const;
  [[nodiscard]] static PlanKeys keys_of(const SubjectView& view) {
    return view.plan_keys ? *view.plan_keys : plan_keys(view.events);
  }

  const Log* log_;
  std::vector<NamedSubject> subjects_;
  Vantage from_, to_;
};

}  // namespace solnoma
