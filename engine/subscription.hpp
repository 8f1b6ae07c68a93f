#pragma once

#include <atomic>
#include <functional>

#include "engine/log.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Tells of events in the order of the log, each once: those behind a position that are there, then
/// each that comes. The log itself is what waits to be told: nothing is queued for a subscriber,
/// and one that is slow falls behind and catches up at its own pace, however far it was left. To go
/// on after a restart, begin behind the position() that was kept.
///
/// In the writer's process an event is told at once, from another one within some 20 ms.
class Subscription {
 public:
  /// Says which events are wanted. Pure.
  using Filter = std::function<bool(const RecordedEvent&)>;

  /// Begins behind `after`. Where the log does not reach that far yet, it waits: what comes up to
  /// there is not told. Without a filter all are wanted. `log` outlives it, and is one that nobody
  /// else catches up with meanwhile; that of a journal serves any number of subscriptions.
  explicit Subscription(Log& log, Position after = Position{0}, Filter filter = {})
      : log_(log), seen_(after.value), filter_(std::move(filter)) {}

  /// Calls `tell` with each wanted event, and `caught_up` with the head each time when all up to
  /// there was seen, the first time too. Both may take as long as they like. Returns when one of
  /// them gives false, or after stop(), as soon as the call that is under way has returned, or
  /// within a tenth of a second. May be called again, and goes on. One thread at a time. Errors: of
  /// the log (corrupt, io; unavailable where another store stands in its place); it may be called
  /// again.
  [[nodiscard]] Result<void> run(const Visitor& tell,
                                 const std::function<bool(Position)>& caught_up = {});

  /// Ends run(), now or when it is called next. From any thread.
  void stop() { stopped_ = true; }

  /// All up to here was seen: told, or not wanted. An event counts when `tell` has returned. From
  /// any thread.
  [[nodiscard]] Position position() const { return Position{seen_}; }

 private:
  Log& log_;
  std::atomic<std::uint64_t> seen_;
  Filter filter_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace solnoma
