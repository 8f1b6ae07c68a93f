#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/known.hpp"
#include "projections/park_state.hpp"

namespace solnoma {

/// One subject as a source tells of it in a release, and as it told of it before.
struct SubjectRelease {
  std::span<const Event> now;         ///< what the release says, all of it
  std::span<const StoredEvent> told;  ///< all events of the subject in the log, oldest first
  std::string source;                 ///< whose release it is
  Known known;                        ///< when it was published
};

/// What a release changes of one subject.
struct ReleaseChanges {
  enum class Kind : std::uint8_t {
    subject,    ///< was not told of before
    returned,   ///< was no longer listed
    milestone,  ///< happened since the release before
    lifted,     ///< what covered the status does so no more
    withdrawn,  ///< is told no more, and cannot have been so
    date,
    target,
    amount,
    figure,
    label,
    description,
    plan,       ///< a plan that was not told of before
    told_anew,  ///< differs, and others had corrected it since
  };
  struct Change {
    Kind kind;
    Event event;         ///< to be recorded; its id is that of the fact, which may be taken
    std::string before;  ///< a date, a number, a word; empty: nothing
  };
  std::vector<Change> changes;  ///< in the order in which they are to be recorded
  Status status_before = Status::unrecorded, status_now = Status::unrecorded;
};
[[nodiscard]] std::string_view name(ReleaseChanges::Kind kind);

/// Compares facts, not cells: a stage that rose is a milestone, on the day that the release names
/// or else between the two releases; one that fell, or a day that changed, is a correction; a plan
/// that moved is a revision of it. After these changes the status as of the release's day, by what
/// this source says, is that of the release. Pure; linear in the events of the subject.
[[nodiscard]] ReleaseChanges release_changes(const SubjectRelease& release);

/// The event that says that a source no longer lists a subject. `of`: any event of it by the
/// source.
[[nodiscard]] Event delisting(const Event& of, const std::string& key, const Known& known);

}  // namespace solnoma
