#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"
#include "events/event.hpp"
#include "projections/figures.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "projections/timeline.hpp"
#include "tools/report/view/subject_names.hpp"

namespace solnoma {

/// All that the reports say of one subject at a vantage: what the projections found, and
/// the events to show it with. Owns everything; may be moved.
struct SubjectView {
  std::string subject;
  std::vector<Row> rows;
  std::vector<StoredEvent> events;  ///< those that were asked for, oldest first
  std::vector<Revision> revisions;  ///< of these
  Effective effective;
  StatusAt status;          ///< meaningless where the subject has none: has_status(subject)
  std::vector<Plan> plans;  ///< empty where only the board or names are asked for
  std::vector<Figure> figures;
  std::vector<TimelineMark> marks;
  std::optional<Description> description;

  /// Whether anything of it can be seen from the vantage.
  [[nodiscard]] bool visible() const;
  /// What was not asked for is empty.
  [[nodiscard]] SubjectEvents subject_events() const {
    return events.size() == rows.size() ? SubjectEvents(events)
                                        : SubjectEvents(events, revisions, rows.size());
  }
  [[nodiscard]] const StoredEvent& stored(Revision revision) const {
    return subject_events()[revision.value - 1];
  }
  [[nodiscard]] const Event& event(Revision revision) const { return stored(revision).event; }
  /// The source's own word for the status: that of the newest event which brought it and has one;
  /// empty: none has.
  [[nodiscard]] std::string label() const;
  /// Its name, or the subject where none is known at the vantage.
  [[nodiscard]] const std::string& name(Language language) const;
};

/// Which events of a subject a report needs: all; only those that its status, plans, numbers
/// and name come from; only those of its status and name; only those that describe it.
enum class Shown { all, status, board, names };

/// Errors: corrupt, io.
[[nodiscard]] Result<SubjectView> view_subject(const Log& log, const NamedSubject& subject,
                                               const Vantage& vantage, Bounds window = {});

/// Calls `take` with the views of `subjects`, in that order, in groups that show about 50,000
/// events: no more than one group is held, and the rows of the index (24 bytes an event) where most
/// subjects are asked for. The views may be moved from. `wanted`: by what its rows tell, whether a
/// subject is to be read further and taken; without it, all are. Errors: corrupt, io.
[[nodiscard]] Result<void> each_group(const Log& log, std::span<const NamedSubject> subjects,
                                      const Vantage& vantage, Bounds window, Shown shown,
                                      const std::function<void(std::span<SubjectView>)>& take,
                                      const std::function<bool(const SubjectView&)>& wanted = {});

/// The subjects of a report: those that were named; none: every one that can be seen from
/// the vantage. Errors: not_found for a name, corrupt, io.
[[nodiscard]] Result<std::vector<SubjectView>> view_subjects(const Log& log,
                                                             const std::vector<std::string>& names,
                                                             const Vantage& vantage,
                                                             Bounds window = {},
                                                             Shown shown = Shown::all);

}  // namespace solnoma
