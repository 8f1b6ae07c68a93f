#pragma once

#include <deque>
#include <functional>
#include <future>
#include <optional>
#include <string>

#include "engine/event.hpp"
#include "events/event.hpp"
#include "tools/io/output.hpp"

namespace solnoma {

/// Writes what is told of events, in the order in which they come. Other threads decode and tell
/// them, while the caller's reads what follows. Memory: a few thousand events.
class EventLines {
 public:
  /// Adds what is told of an event. Called by several threads.
  using Tell = std::function<void(const StoredEvent&, std::string& lines)>;

  EventLines(Output& out, Tell tell);
  ~EventLines();
  EventLines(const EventLines&) = delete;
  EventLines& operator=(const EventLines&) = delete;

  /// Gives false where no more is wanted: the output has failed, or an event cannot be decoded.
  bool add(const RecordedEvent& recorded);
  /// Writes all that came so far. Errors: those of decode(), naming the position; nothing is
  /// written from that event on.
  Result<void> finish();

 private:
  class Block;
  struct Told {
    std::string lines;
    std::optional<Error> error;
  };

  void hand_over();
  void write_first();
  [[nodiscard]] Told tell(const Block& block) const;

  Output& out_;
  Tell tell_;
  std::unique_ptr<Block> block_;
  std::optional<Error> error_;
  std::deque<std::future<Told>> told_;  // the last member: it ends before the others do
};

}  // namespace solnoma
