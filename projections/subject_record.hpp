#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"
#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "projections/diff.hpp"
#include "projections/explain.hpp"
#include "projections/figures.hpp"
#include "projections/plan_keys.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "projections/timeline.hpp"

namespace solnoma {

/// The status of a subject, as in "park/chirchik", at a vantage: in one call, without reading an
/// event. Costs what Log::rows() and status() cost. Errors: not_found; corrupt, damaged_index,
/// unavailable, io.
[[nodiscard]] Result<StatusAt> status_of(const Log& log, std::string_view subject,
                                         const Vantage& vantage);

/// All that is recorded of one subject. It is read once; every question after that, at any vantage,
/// is a pure function of it. Owns everything, and may be copied. Safe to ask from several threads.
class SubjectRecord {
 public:
  /// Memory: all events of the subject. Errors: as status_of(); unsupported (decode()).
  [[nodiscard]] static Result<SubjectRecord> read(const Log& log, std::string_view subject);

  [[nodiscard]] const std::string& subject() const { return subject_; }
  [[nodiscard]] Rows rows() const { return rows_; }
  /// Oldest revision first.
  [[nodiscard]] const std::vector<StoredEvent>& events() const { return events_; }
  /// The event that an answer names. Precondition: it is one of this subject.
  [[nodiscard]] const StoredEvent& event(Revision revision) const {
    return events_[revision.value - 1];
  }

  // Each costs what the function of its name costs, in the header of that name.
  [[nodiscard]] StatusAt status(const Vantage& vantage) const;
  [[nodiscard]] Explanation explain(const Vantage& vantage) const;
  [[nodiscard]] std::vector<TimelineMark> timeline(const Vantage& vantage,
                                                   Bounds window = {}) const;
  [[nodiscard]] std::vector<Plan> plans(const Vantage& vantage) const;
  [[nodiscard]] std::vector<Figure> figures(const Vantage& vantage) const;
  [[nodiscard]] SubjectDiff diff(const Vantage& from, const Vantage& to) const;

 private:
  std::string subject_;
  std::vector<Row> rows_;
  std::vector<StoredEvent> events_;
  PlanKeys keys_;
};

}  // namespace solnoma
