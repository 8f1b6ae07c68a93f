#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <span>
#include <vector>

#include "engine/event.hpp"
#include "engine/log.hpp"
#include "engine/result.hpp"
#include "tools/report/view/event_spool.hpp"

namespace solnoma {

/// Events in memory as they were recorded: a hundred bytes each, and what they hold. Decoded, they
/// would take several times as much.
class HeldEvents {
 public:
  /// The events at these positions. They are read in the order of the log, where neighbours lie
  /// together, by several threads that share the log among them. Stops soon after more than
  /// `most_bytes` are held. The log outlives what is held. Errors: corrupt, io.
  [[nodiscard]] static Result<HeldEvents> read(const Log& log, std::span<const Position> positions,
                                               std::size_t most_bytes);
  /// The same, where the events stand in a group of a spool.
  [[nodiscard]] static Result<HeldEvents> read(const EventSpool& spool, std::size_t group,
                                               std::span<const Position> positions,
                                               std::size_t most_bytes);

  /// False where it stopped; then some events are empty.
  [[nodiscard]] bool complete() const { return complete_; }
  /// In the order of the positions.
  [[nodiscard]] std::span<const RecordedEvent> events() const { return events_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  class Filling;

  std::vector<RecordedEvent> events_;
  std::vector<std::unique_ptr<std::pmr::monotonic_buffer_resource>> texts_;  // of each thread
  std::size_t bytes_ = 0;
  bool complete_ = true;
};

}  // namespace solnoma
