#pragma once

#include <span>
#include <vector>

#include "events/event.hpp"
#include "projections/effective.hpp"

namespace solnoma {

/// A number that held at a vantage, and the events that it comes from.
struct Figure {
  Quantity quantity;
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
  std::vector<Figure> figures_;
};

/// Whether an event of such a row can add to the figures.
[[nodiscard]] bool bears_figures(const Row& row);

/// For each measure and period of a subject's effective actual events that had happened as
/// of the vantage: the newest figure (by latest day, then position), with its bound.
/// Buildings add up over `building-completed` events, since each of these tells of
/// further ones; one that gives no number counts as one building.
/// `events` are the subject's events, as `rows`. In the order in which measures first
/// appear. Pure; n log n.
[[nodiscard]] std::vector<Figure> figures(std::span<const StoredEvent> events, Rows rows,
                                          const Effective& effective, const Vantage& vantage);

/// The newest effective event that describes the subject; 0: none does. Pure; linear.
[[nodiscard]] Revision described_by(std::span<const StoredEvent> events,
                                    const Effective& effective);
/// That event's description; null where there is none.
[[nodiscard]] const Description* description(std::span<const StoredEvent> events,
                                             const Effective& effective);

}  // namespace solnoma
