#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/view_states.hpp"
#include "events/event.hpp"

namespace solnoma {

/// The non-template part of MaterializedView: how the states of subjects are kept up to a log.
class SubjectFolds {
 public:
  /// What a subject's state is, from the events that replay() would show of it. Pure.
  using Fold = std::function<std::string(std::span<const StoredEvent>)>;

  SubjectFolds(ViewStates states, const Log& log, std::string prefix, Fold fold)
      : states_(std::move(states)),
        log_(&log),
        prefix_(std::move(prefix)),
        fold_(std::move(fold)) {}

  [[nodiscard]] const ViewStates& states() const { return states_; }
  [[nodiscard]] Result<Position> catch_up();

 private:
  [[nodiscard]] Result<void> fold_all(Position upto);
  [[nodiscard]] Result<void> fold_touched(Position upto);
  [[nodiscard]] Result<ViewStates::Change> fold_one(std::string subject, Rows rows,
                                                    Position upto) const;

  ViewStates states_;
  const Log* log_;
  std::string prefix_;
  Fold fold_;
};

/// A projection whose state can be kept: a value with `apply()`, as for replay(), that can be
/// written down as bytes and read back. `from_bytes` gives nullopt for what it has not written.
template <class Projection>
concept Keepable = requires(Projection projection, const Projection& made, const StoredEvent& event,
                            std::string_view bytes) {
  projection.apply(event);
  { made.to_bytes() } -> std::convertible_to<std::string>;
  { Projection::from_bytes(bytes) } -> std::same_as<std::optional<Projection>>;
};

/// A projection of one's own that remembers: a state for each subject, kept on disk at a position
/// of the log, so that a program which starts again folds only what came since.
///
/// The state of a subject is what replay() would make of `initial` and that subject's events, from
/// the vantage that sees all: every actual event that counts, in the order of latest day, then
/// position. It is right under whatever is recorded: a subject that was touched (by a correction, a
/// retraction, late news) is folded anew from its events. A subject of which nothing counts
/// has no state. What spans several subjects is made of each().
///
/// What is kept is a cache: deleted, damaged, of another log or of another `version`, it is made
/// again. One thread at a time, and one process at a time has a directory open.
template <Keepable Projection>
class MaterializedView {
 public:
  /// `directory`: of this view alone, as in "chronicle/views/publishers"; it and its parent are
  /// made. `version` says of which fold the states are: change it with apply(), the bytes,
  /// `initial` or `prefix`. `prefix` chooses subjects ("park/"; empty: all). `log` outlives it.
  /// Errors: of ViewStates::open().
  [[nodiscard]] static Result<MaterializedView> open(const Disk& disk, const std::string& directory,
                                                     std::string_view version, const Log& log,
                                                     Projection initial = {},
                                                     std::string prefix = {}) {
    auto states = ViewStates::open(disk, directory, version, log);
    if (!states) return std::unexpected(states.error());
    const auto fold = [initial = std::move(initial)](std::span<const StoredEvent> events) {
      Projection projection = initial;
      for (const StoredEvent& event : events) projection.apply(event);
      return std::string(projection.to_bytes());
    };
    return MaterializedView(SubjectFolds(std::move(*states), log, std::move(prefix), fold),
                            directory);
  }

  /// Folds in what log.head() has by now, and gives that position. Costs a reading of the events
  /// behind position(), and of all events of the subjects that these touch; the first time, of the
  /// whole log. Interrupted, or failed, it leaves position() where it was. Memory: the states that
  /// change. Errors: corrupt, damaged_index, unsupported (decode()), io.
  [[nodiscard]] Result<Position> catch_up() { return folds_.catch_up(); }

  /// The events up to here are folded in.
  [[nodiscard]] Position position() const { return folds_.states().position(); }

  /// The state of a subject, as in "park/chirchik"; nullopt where it has none.
  /// Errors: damaged_index, io.
  [[nodiscard]] Result<std::optional<Projection>> get(std::string_view subject) const {
    const auto bytes = folds_.states().get(subject);
    if (!bytes) return std::unexpected(bytes.error());
    if (!*bytes) return std::nullopt;
    auto state = Projection::from_bytes(**bytes);
    if (!state) return unread(subject);
    return state;
  }

  /// Visits states in byte order of the subjects' names, which begin with `prefix`, until
  /// `visit(std::string_view subject, const Projection& state)` returns false. Errors: as get().
  template <class Visit>
  [[nodiscard]] Result<void> each(std::string_view prefix, const Visit& visit) const {
    Result<void> ok;
    auto read = folds_.states().each(prefix, [&](std::string_view subject, std::string_view bytes) {
      const auto state = Projection::from_bytes(bytes);
      if (!state) ok = unread(subject);
      return state && visit(subject, *state);
    });
    return ok ? read : ok;
  }

 private:
  MaterializedView(SubjectFolds folds, std::string directory)
      : folds_(std::move(folds)), directory_(std::move(directory)) {}

  [[nodiscard]] std::unexpected<Error> unread(std::string_view subject) const {
    return at(directory_,
              Error{Errc::damaged_index,
                    "the state of " + std::string(subject) + " is not what this projection writes",
                    {},
                    "delete that directory, and raise the version with each change of the bytes"});
  }

  SubjectFolds folds_;
  std::string directory_;
};

}  // namespace solnoma
