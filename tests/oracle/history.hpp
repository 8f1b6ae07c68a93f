#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "projections/diff.hpp"
#include "projections/explain.hpp"
#include "projections/figures.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "projections/timeline.hpp"
#include "tests/support/builders.hpp"

namespace solnoma::test {

/// One subject's events, told one after the other, and the projections of them.
/// Dates are EDTF; an empty one means what it means in the log. The n-th event stands at
/// position 10 n: other subjects stand in between.
class History {
 public:
  /// Fails the program, not the test, on an event that the log would refuse.
  Revision actual(std::string_view type, std::string_view occurred, const std::string& known,
                  Revision supersedes = {});
  Revision plan(std::string_view type, std::string_view target, const std::string& known,
                Revision supersedes = {});
  /// The same of an event that says more: its part, what it fulfils, its source. Its id may be
  /// left out: "e1" for the first event, "e2" for the second …
  Revision tell(Event event, Revision supersedes = {});
  /// Takes an event out of account.
  Revision retract(Revision revision, const std::string& known);

  [[nodiscard]] Rows rows() const { return rows_; }
  [[nodiscard]] const std::vector<StoredEvent>& events() const { return events_; }
  [[nodiscard]] PlanKeys keys() const { return plan_keys(events_); }
  [[nodiscard]] Position position(Revision revision) const;

  [[nodiscard]] StatusAt at(const Vantage& vantage) const;
  [[nodiscard]] Status status(const Vantage& vantage) const { return at(vantage).status; }
  [[nodiscard]] std::vector<Plan> plans(const Vantage& vantage) const;
  [[nodiscard]] std::vector<TimelineMark> timeline(const Vantage& vantage,
                                                   Bounds window = {}) const;
  /// Of the event with that revision.
  [[nodiscard]] Evidence evidence(Revision revision, const Vantage& vantage) const;

 private:
  Revision add(std::string_view type, Modality modality, std::string_view occurred,
               const std::string& known, Revision supersedes);

  std::vector<Row> rows_;
  std::vector<StoredEvent> events_;  // as `rows_`
};

/// As of a day, with everything known and recorded. "2022" is its last day, as on the
/// command line.
[[nodiscard]] Vantage as_of(const std::string& text);
/// The same, but with what had been published by a day.
[[nodiscard]] Vantage as_of(const std::string& text, const std::string& known_by);
/// The same, but with what the log held at a position.
[[nodiscard]] Vantage as_of(const std::string& text, Position at);

[[nodiscard]] StatusSet set_of(const std::vector<Status>& statuses);

/// "operating", or "{unrecorded, operating}": for the messages of failing tests.
[[nodiscard]] std::string text(const StatusSet& statuses);
/// A table of rows, with day numbers.
[[nodiscard]] std::string text(Rows rows);
/// What the rows do not say: types that are unknown, parts, ids, what is fulfilled.
[[nodiscard]] std::string text(const std::vector<StoredEvent>& events);
[[nodiscard]] std::string text(const Vantage& vantage);
[[nodiscard]] std::string text(const std::vector<Plan>& plans);
[[nodiscard]] std::string text(const std::vector<Figure>& figures);
[[nodiscard]] std::string text(const std::vector<TimelineMark>& marks);
[[nodiscard]] std::string text(const std::vector<EventChange>& changes);

}  // namespace solnoma::test
