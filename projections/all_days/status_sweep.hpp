#pragma once

#include <vector>

#include "projections/possible.hpp"
#include "projections/raises.hpp"
#include "projections/status.hpp"
#include "projections/steps.hpp"

namespace solnoma {

/// Goes through the days of a subject, and tells of each what can be told without a walk through
/// worlds: status and rule always, possible statuses where a closed form does (StatusAt::exact),
/// else what encloses them.
class StatusSweep {
 public:
  /// `steps`: all effective ones. n log n.
  explicit StatusSweep(const std::vector<Step>& steps);
  // Decision holds pointers into steps_.
  StatusSweep(const StatusSweep&) = delete;
  StatusSweep& operator=(const StatusSweep&) = delete;

  /// status() as of this day, but that `because` has only what decides it, as `all_reasons` says.
  /// What is certain is told whole. Precondition: days ascend. All days together are linear.
  [[nodiscard]] StatusAt as_of(Day day);

  /// The steps that bear on the answer, in the order of the conservative world.
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

 private:
  void enclose(Stage assured);

  AssuredStages assured_;
  std::vector<Step> steps_;         // by latest day, then position
  std::vector<const Step*> begin_;  // the same, by earliest day
  std::size_t happened_ = 0;        // so many of steps_ have
  std::size_t begun_ = 0;           // so many of begin_ may have
  Decision decision_;
  bool vague_ = false;                       // of what has begun, something
  bool overridden_ = false;                  // the same: something is no raise
  StatusSet raises_;                         // the stages of raises that have begun
  StepKinds kinds_;                          // of steps that have begun
  bool stale_ = true;                        // enclosed_ lacks a kind
  Stage enclosed_from_ = Stage::unrecorded;  // the assured stage at which enclosed_ was made
  StatusSet enclosed_;
};

}  // namespace solnoma
