#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/log.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "projections/status.hpp"

namespace solnoma {

/// One park of the board, without what only its events tell.
struct BoardLine {
  std::string subject;
  StatusAt status;
  std::vector<Position> because;  ///< where the events of `status.because` stand in the log
  std::optional<Position> since;  ///< where that of event_of_since() stands
};

/// The board from the index alone: no event is read, so names and citations are missing, and the
/// events that decide are named by their positions. Every subject that has a status and can be
/// seen from the vantage, in the order of their names. Memory: 100 bytes a subject.
/// Errors: corrupt, io.
[[nodiscard]] Result<std::vector<BoardLine>> board_from_index(const Log& log,
                                                              const Vantage& vantage);

/// The events of `since` of these lines, where there are such: what a board says in their words.
/// Reads one event a subject, in the order of the log. Errors: corrupt, unsupported, io.
[[nodiscard]] Result<std::vector<std::optional<Event>>> events_of_since(
    const Log& log, const std::vector<BoardLine>& board);

}  // namespace solnoma
