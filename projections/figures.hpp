#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "projections/amount.hpp"
#include "projections/effective.hpp"
#include "projections/subject_events.hpp"

namespace solnoma {

/// A number that held at a vantage, and the events that it comes from.
struct Figure {
  Quantity quantity;
  Ends ends = {};
  std::string part = {};  ///< of the subject; empty: the whole
  bool flow = false;      ///< the newest of its events added to it, and the next will
  std::vector<Revision> from;
  Bounds bounds;  ///< of the newest of them

  bool operator==(const Figure&) const = default;
};

/// Folds figures event by event: the rule of figures().
class FigureFold {
 public:
  /// Precondition: events come in the order of the conservative world.
  void add(const Event& event, const Row& row, Revision revision);
  [[nodiscard]] const std::vector<Figure>& figures() const { return figures_; }

 private:
  /// What the fold knows of a figure beside what it shows.
  struct Behind {
    std::optional<Amount> amount;
    Accrual said = Accrual::by_measure;  ///< the newest word of its events
  };

  void record(const Told& told, const Event& event, const Row& row, Revision revision);

  std::vector<Figure> figures_;
  std::vector<Behind> behind_;  ///< as `figures_`
};

/// Whether an event of such a row can add to the figures.
[[nodiscard]] bool bears_figures(const Row& row);

/// The numbers of a subject's effective actual events that had happened as of the vantage, in the
/// order of the conservative world (latest day, then position). For each measure, unit, period and
/// part there is one figure. A level takes its place; a flow adds to what stands there (Amount has
/// the arithmetic). Whether a number is a level or a flow, says
/// 1. its own word (Quantity::accrual), else
/// 2. what is usual for its measure (usual_accrual.hpp), else
/// 3. the newest word of the numbers before it that the figure had, else it is a level.
/// A `building-completed` that gives no number of buildings counts as one building.
/// `events` are the subject's events, as `rows`. In the order in which figures first appear. Pure;
/// n log n, and the number of figures for each quantity.
[[nodiscard]] std::vector<Figure> figures(const SubjectEvents& events, Rows rows,
                                          const Effective& effective, const Vantage& vantage);

/// The newest effective event that describes the subject; 0: none does. Pure; linear.
[[nodiscard]] Revision described_by(const SubjectEvents& events, const Effective& effective);
/// That event's description; null where there is none.
[[nodiscard]] const Description* description(const SubjectEvents& events,
                                             const Effective& effective);

}  // namespace solnoma
