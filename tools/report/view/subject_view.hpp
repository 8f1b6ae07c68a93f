#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/row.hpp"
#include "events/event.hpp"
#include "projections/figures.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "projections/timeline.hpp"

namespace solnoma {

/// All that the reports say of one subject at a vantage: what the projections found, and
/// the events to show it with. Owns everything; may be moved.
struct SubjectView {
  std::string subject;
  std::vector<Row> rows;
  std::vector<StoredEvent> events;  ///< those that were asked for, oldest first
  std::vector<Revision> revisions;  ///< of these
  Effective effective;
  StatusAt status;  ///< meaningless where the subject has none: has_status(subject)
  std::optional<PlanKeys> plan_keys;  ///< where they were read before the events
  std::vector<Plan> plans;            ///< empty where only the board or names are asked for
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

/// From where subjects are looked at, and what of them.
struct ViewOptions {
  Vantage vantage;
  Bounds window = {};  ///< marks that may lie in it
  Shown shown = Shown::all;
  /// Of many subjects, the keys of plans are read before the events: then these are told of plans
  /// without reading all others.
  bool plan_keys_first = false;
  /// How many events of subjects are held together, at most. Small values are for tests.
  std::size_t together = 100'000;
};

/// What the rows of a subject tell, but for its marks; and its plans, where there are their keys.
/// Pure.
[[nodiscard]] SubjectView view_of_rows(std::string subject, std::vector<Row> rows,
                                       std::optional<PlanKeys> plan_keys,
                                       const ViewOptions& options);

/// The revisions of the events that are asked for, ascending. Pure.
[[nodiscard]] std::vector<Revision> revisions_shown(const SubjectView& view,
                                                    const ViewOptions& options);

/// Adds the marks, and what the events tell that stand in the view. Pure.
void project_events(SubjectView& view, const ViewOptions& options);

}  // namespace solnoma
